package org.votingapp.stack;

import java.util.Map;
import org.votingapp.stack.data.Ports;
import org.votingapp.stack.liberty.ServerKind;
import org.votingapp.stack.terminal.StackException;

/** The HTTP ports of the servers: a person may choose that of the first server of a kind; the others are free ones. */
final class ServerPorts {

    private final Map<ServerKind, Integer> chosen;
    private final Ports kept;

    ServerPorts(Map<ServerKind, Integer> chosen, Ports kept) {
        this.chosen = Map.copyOf(chosen);
        this.kept = kept;
    }

    /** The port of the nth server of a kind, from 1 on. */
    int of(ServerKind kind, int number) {
        return number == 1 && chosen.containsKey(kind) ? chosen.get(kind) : kept.keep(kind.name(number));
    }

    /**
     * Checks that the chosen port of a kind is free.
     *
     * @throws StackException where it is not
     */
    void check(ServerKind kind) {
        Integer port = chosen.get(kind);
        if (port != null && !Ports.isFree(port)) {
            throw new StackException(
                    "Port %d, which the %s server is to use, is taken by another program, or may not be used. %s names another port."
                            .formatted(port, kind.server(), kind.portVariable()));
        }
    }
}
