package org.votingapp.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A part goes and comes back in the middle of a stream of votes. */
@ExtendWith(SharedStack.class)
class RestartsIT {

    private static final int VOTES_BEFORE = 50;
    private static final int VOTES_AFTER = 50;
    private static final Duration HEALED = Duration.ofSeconds(60);

    private final LocalStack stack;
    private final Count count;

    RestartsIT(LocalStack stack) {
        this.stack = stack;
        this.count = new Count(stack);
    }

    static Stream<Named<Consumer<LocalStack>>> restarts() {
        return Stream.of(
                Named.of("the vote server is stopped and started", stack -> again(stack.vote(), Part::stop)),
                Named.of("the worker is stopped and started", stack -> again(stack.worker(), Part::stop)),
                Named.of("the worker is killed and started", stack -> again(stack.worker(), Part::kill)),
                Named.of("the result server is stopped and started", stack -> again(stack.result(), Part::stop)),
                Named.of("Redis is stopped and started", stack -> again(stack.redis(), Part::stop)),
                Named.of("Redis is killed and started", stack -> again(stack.redis(), Part::kill)),
                Named.of("Postgres is stopped and started", stack -> again(stack.postgres(), Part::stop)),
                Named.of("Postgres is stopped at once and started", stack -> {
                    stack.postgres().stopImmediately();
                    stack.postgres().start();
                }));
    }

    private static void again(Part part, Consumer<Part> end) {
        end.accept(part);
        part.start();
    }

    @ParameterizedTest
    @MethodSource("restarts")
    void losesNoVoteAndCountsNoneTwice(Consumer<LocalStack> restart) throws Exception {
        try (VoteStream votes = new VoteStream(stack.vote())) {
            await().atMost(HEALED).until(() -> votes.acknowledged().size() >= VOTES_BEFORE);

            restart.accept(stack);
            stack.parts().forEach(part -> part.awaitReady(HEALED));

            int sinceThen = votes.acknowledged().size() + VOTES_AFTER;
            await().atMost(HEALED).until(() -> votes.acknowledged().size() >= sinceThen);
            votes.end();
            await().atMost(HEALED).until(() -> count.waiting() == 0);

            Map<UUID, String> stored = count.choices();
            assertThat(stored).containsAllEntriesOf(votes.acknowledged());
            assertThat(count.tallyTable()).isEqualTo(count.ballots());
            await().atMost(HEALED).until(() -> count.api().equals(count.ballots()));
        }
    }
}
