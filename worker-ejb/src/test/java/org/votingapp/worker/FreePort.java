package org.votingapp.worker;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports that nothing listens on; below those that the kernel hands out to clients, and those that a Kubernetes cluster takes. */
public final class FreePort {

    private FreePort() {}

    /** One of them. */
    public static int find() {
        for (int i = 0; i < 1_000; i++) {
            int port = ThreadLocalRandom.current().nextInt(15_000, 30_000);
            try (ServerSocket free = new ServerSocket(port)) {
                return free.getLocalPort();
            } catch (IOException taken) {
                continue;
            }
        }
        throw new IllegalStateException("no free port between 15000 and 30000");
    }
}
