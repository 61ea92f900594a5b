package org.votingapp.systemtests.faults;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.votingapp.stack.LibertyPart;

/** A balancer in the clients: gives the servers in turn, but those that were taken out. Thread-safe. */
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

    /** Gives this one no more, as a balancer does when a server is about to end. */
    void takeOut(LibertyPart server) {
        servers.remove(server);
    }

    /** Gives this one again, since it is ready. */
    void takeIn(LibertyPart server) {
        servers.add(server);
    }
}
