package org.votingapp.vote.casting;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollState;
import org.votingapp.poll.RegisteredPoll;

/**
 * The house room's poll: its words as configured, its hours and its rule for further votes as published, since the ballot box
 * decides by these.
 *
 * <p>Tells the time by the ballot box's clock, once that is known: the page must not say "open" where a vote is refused. Never
 * decides whether a vote counts. Thread-safe.
 */
@Singleton
public class HousePoll {

    private final Clock clock;
    private final LongSupplier nanos;

    private volatile Known known;

    /**
     * @param poll as configured or published
     * @param published whether the ballot box has its rules
     * @param ahead how far the ballot box's clock was ahead of {@code System.nanoTime()}; empty where it is unknown
     */
    private record Known(Poll poll, boolean published, Optional<Instant> ahead) {}

    /** The configured poll, by this server's clock until the ballot box's is known. */
    @Inject
    public HousePoll(Poll poll) {
        this(poll, Clock.systemUTC(), System::nanoTime);
    }

    HousePoll(Poll poll, Clock clock, LongSupplier nanos) {
        this.clock = clock;
        this.nanos = nanos;
        this.known = new Known(poll, false, Optional.empty());
    }

    /** The poll. */
    public Poll poll() {
        return known.poll;
    }

    /** Whether the poll takes votes now. */
    public PollState state() {
        Known present = known;
        return present.poll.stateAt(now(present));
    }

    /** The time by the ballot box's clock; by this server's until that is known. */
    Instant now() {
        return now(known);
    }

    private Instant now(Known present) {
        return present.ahead.map(zero -> zero.plusNanos(nanos.getAsLong())).orElseGet(clock::instant);
    }

    /** Whether the ballot box had the poll's rules when it was last asked. */
    public boolean isPublished() {
        return known.published;
    }

    /**
     * Takes over what the ballot box knows.
     *
     * @param now the time by its clock
     * @param registered the poll as it is published, if it is
     */
    void learn(Instant now, Optional<RegisteredPoll> registered) {
        Poll configured = known.poll;
        Poll poll = registered
                .map(RegisteredPoll::poll)
                .map(rules -> new Poll(
                        configured.id(),
                        configured.question(),
                        configured.language(),
                        configured.options(),
                        rules.revote(),
                        rules.opens(),
                        rules.closes()))
                // The same object, so that whatever is kept for it is found without comparing texts.
                .filter(changed -> !changed.equals(configured))
                .orElse(configured);
        known = new Known(poll, registered.isPresent(), Optional.of(now.minus(Duration.ofNanos(nanos.getAsLong()))));
    }
}
