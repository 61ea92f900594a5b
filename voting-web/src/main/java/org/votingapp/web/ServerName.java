package org.votingapp.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** The name of the host that answers, which in Kubernetes is the pod's. In a page: {@code #{serverName.name}}. */
@Named
@ApplicationScoped
public class ServerName {

    private final String name = Optional.ofNullable(System.getenv("HOSTNAME")).orElseGet(ServerName::localHost);

    /** The host's name. */
    public String getName() {
        return name;
    }

    private static String localHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "unknown";
        }
    }
}
