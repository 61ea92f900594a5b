package org.votingapp.worker;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Ports that nothing listens on; below those that the kernel hands out to clients, and those that a Kubernetes cluster takes. */
public final class FreePort {

    private static final int LOWEST = 15_000;
    private static final int COUNT = 15_000;

    /** Another place in each JVM, and none twice in one, since nothing listens on a port at once. */
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    private FreePort() {}

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
