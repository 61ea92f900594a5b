package org.votingapp.systemtests.faults;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.votingapp.stack.liberty.LibertyPart;

/** A client-side load balancer: round robin, without the servers taken out. Thread-safe. */
final class Rotation implements Supplier<URI> {

    private final List<LibertyPart> servers;
    private final AtomicInteger turn = new AtomicInteger();

    Rotation(List<LibertyPart> servers) {
        this.servers = new CopyOnWriteArrayList<>(servers);
    }

    @Override
    public URI get() {
        Object[] now = servers.toArray();
        return ((LibertyPart) now[Math.floorMod(turn.getAndIncrement(), now.length)]).uri("/");
    }

    /** Takes a server out, as a load balancer does before the server ends. */
    void takeOut(LibertyPart server) {
        servers.remove(server);
    }

    /** Takes a server in again, once it is ready. */
    void takeIn(LibertyPart server) {
        servers.add(server);
    }
}
