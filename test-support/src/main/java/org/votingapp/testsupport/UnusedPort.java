package org.votingapp.testsupport;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Ports that nothing listens on; below the ephemeral ports of the kernel and the node ports of Kubernetes. */
public final class UnusedPort {

    private static final int LOWEST = 15_000;
    private static final int COUNT = 15_000;

    /** Each JVM begins elsewhere, and takes no port twice, since a port is not listened on at once. */
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    private UnusedPort() {}

    /** One of them. */
    public static int find() {
        for (int i = 0; i < 1_000; i++) {
            int port = LOWEST + NEXT.getAndUpdate(next -> (next + 1) % COUNT);
            try (ServerSocket free = new ServerSocket(port)) {
                return free.getLocalPort();
            } catch (IOException taken) {
                continue;
            }
        }
        throw new IllegalStateException("no free port from %d on".formatted(LOWEST));
    }
}
