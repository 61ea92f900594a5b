package org.votingapp.web;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** The name of this host; in Kubernetes, the pod's. In a page: {@code #{serverName.name}}. */
@Named
@Singleton
public class ServerName {

    private final String name = Optional.ofNullable(System.getenv("HOSTNAME")).orElseGet(ServerName::localHost);

    /** The name, or {@code unknown}. */
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
