package org.votingapp.benchmarks.steps;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.votingapp.benchmarks.load.EmptyServer;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.stack.LocalStack;
import org.votingapp.stack.TestStacks;
import org.votingapp.stack.liberty.ServerKind;
import redis.clients.jedis.Jedis;

/** The local stack, configured as in production, and an empty server. Each starts when a step first needs it. */
public final class Stage implements AutoCloseable {

    static final Duration START_LIMIT = Duration.ofMinutes(3);
    static final String POLL = "load";

    private final LoadScale scale;
    private Optional<LocalStack> stack = Optional.empty();
    private Optional<EmptyServer> empty = Optional.empty();

    public Stage(LoadScale scale) {
        this.scale = scale;
    }

    public LoadScale scale() {
        return scale;
    }

    public static Path root() {
        return TestStacks.root();
    }

    /** The stack, with all parts ready. */
    public LocalStack stack() {
        return stack(0);
    }

    /** The same with an organiser server. It is another stack; a step that needs none goes on with it. */
    public LocalStack stackWithOrganiser() {
        if (stack.filter(open -> open.servers(ServerKind.ORGANISER).isEmpty()).isPresent()) {
            close();
        }
        return stack(1);
    }

    private LocalStack stack(int organisers) {
        if (stack.isEmpty()) {
            LocalStack opened = TestStacks.open(LocalStack.of(root())
                    .dataFolder(TestStacks.newFolder())
                    .count(ServerKind.ORGANISER, organisers)
                    .set("POLL_ID", POLL)
                    .set("POLL_OPTIONS", "Cats,Dogs,Fish"));
            stack = Optional.of(opened);
            opened.start(START_LIMIT);
        }
        return stack.get();
    }

    /** The server with the empty servlet. */
    public EmptyServer empty() throws IOException {
        if (empty.isEmpty()) {
            empty = Optional.of(new EmptyServer(root()));
        }
        return empty.get();
    }

    /** Ends the empty server, to free its share of the machine. */
    public void endEmpty() {
        empty.ifPresent(EmptyServer::close);
        empty = Optional.empty();
    }

    /** The number of pending ballots. */
    public long waiting() {
        try (Jedis redis = stack().redis().connect()) {
            return redis.xlen(RedisNames.BALLOTS);
        }
    }

    @Override
    public void close() {
        endEmpty();
        stack.ifPresent(LocalStack::close);
        stack = Optional.empty();
    }
}
