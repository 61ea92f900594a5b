package org.votingapp.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Free TCP ports.
 *
 * <p>Ports that are chosen here lie from {@value #LOWEST} to {@value #HIGHEST}: below those that Linux hands out to
 * outgoing connections (ip_local_port_range), or one of these could take the port before the part does; and below those
 * that a Kubernetes cluster on this machine would take for itself (30000 to 32767, the default range of NodePorts).
 */
public final class Ports {

    private static final int LOWEST = 15_000;
    private static final int HIGHEST = 29_999;
    /** From {@value #LOWEST} to {@value #HIGHEST}. */
    private static final Pattern CHOSEN = Pattern.compile("1[5-9]\\d{3}|2\\d{4}");

    private static final int TRIES = 1_000;
    private static final int ALL = HIGHEST - LOWEST + 1;

    /** Where to look next: another place in each program, and none twice in one, since nothing listens on a port at once. */
    private static final AtomicInteger NEXT = new AtomicInteger(new SecureRandom().nextInt(ALL));

    private final PrivateProperties file;

    Ports(Path folder) {
        this.file = PrivateProperties.replaceable(folder.resolve("ports.properties"), CHOSEN);
    }

    /** The port that this part had before, where it is still free, or else a new one; it is kept. */
    int keep(String part) {
        Optional<Integer> before = file.get(part).map(Integer::valueOf).filter(Ports::isFree);
        return before.orElseGet(() -> {
            int chosen = free();
            file.put(part, Integer.toString(chosen));
            return chosen;
        });
    }

    /** A port on which nothing listens now, and which this program was not given before (but {@value #ALL} ports ago). */
    public static int free() {
        for (int i = 0; i < TRIES; i++) {
            int port = LOWEST + NEXT.getAndUpdate(next -> (next + 1) % ALL);
            if (isFree(port)) {
                return port;
            }
        }
        throw new StackException("no free port was found between %d and %d".formatted(LOWEST, HIGHEST));
    }

    /** Whether a server could listen on this port, on every address of this machine. */
    public static boolean isFree(int port) {
        return canListen(new InetSocketAddress(port))
                && canListen(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    private static boolean canListen(InetSocketAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            // As servers do: connections that were closed a moment ago keep nobody away.
            socket.setReuseAddress(true);
            socket.bind(address);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
