package org.votingapp.stack.data;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.votingapp.stack.files.PrivateProperties;
import org.votingapp.stack.terminal.StackException;

/**
 * Free TCP ports, from {@value #LOWEST} to {@value #HIGHEST}.
 *
 * <p>They lie below Linux' ports of outgoing connections (ip_local_port_range), which could take one before the part
 * listens, and below Kubernetes' NodePorts (30000 to 32767).
 */
public final class Ports {

    private static final int LOWEST = 15_000;
    private static final int HIGHEST = 29_999;
    /** From {@value #LOWEST} to {@value #HIGHEST}. */
    private static final Pattern CHOSEN = Pattern.compile("1[5-9]\\d{3}|2\\d{4}");

    private static final int TRIES = 1_000;
    private static final int ALL = HIGHEST - LOWEST + 1;

    /** The next candidate. Static: a part listens late, so no two callers in this JVM may be given one port. */
    private static final AtomicInteger NEXT = new AtomicInteger(new SecureRandom().nextInt(ALL));

    private final PrivateProperties file;

    /** Keeps the ports of parts in a file of this folder. */
    public Ports(Path folder) {
        this.file = PrivateProperties.replaceable(folder.resolve("ports.properties"), CHOSEN);
    }

    /** The port that this part had before, where it is still free; else a new one, which is kept. */
    public int keep(String part) {
        Optional<Integer> before = file.get(part).map(Integer::valueOf).filter(Ports::isFree);
        return before.orElseGet(() -> {
            int chosen = free();
            file.put(part, Integer.toString(chosen));
            return chosen;
        });
    }

    /** A port on which nothing listens, and which this JVM was not given within the last {@value #ALL} calls. */
    public static int free() {
        for (int i = 0; i < TRIES; i++) {
            int port = LOWEST + NEXT.getAndUpdate(next -> (next + 1) % ALL);
            if (isFree(port)) {
                return port;
            }
        }
        throw new StackException("no free port was found between %d and %d".formatted(LOWEST, HIGHEST));
    }

    /** Whether a server could listen on this port on every address of this machine. */
    public static boolean isFree(int port) {
        return canListen(new InetSocketAddress(port))
                && canListen(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    private static boolean canListen(InetSocketAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            // As servers do: a port with connections in TIME_WAIT is free.
            socket.setReuseAddress(true);
            socket.bind(address);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
