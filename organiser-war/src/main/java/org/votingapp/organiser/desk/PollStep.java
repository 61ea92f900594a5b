package org.votingapp.organiser.desk;

import java.time.Instant;
import java.util.Locale;
import org.votingapp.organiser.store.PollRow;

/** How far a poll has come. */
public enum PollStep {
    /** It opens when its organiser opens it. */
    WAITING("step.waiting"),
    /** It opens at a time that is still to come. */
    SCHEDULED("step.scheduled"),
    /** It takes votes. */
    OPEN("step.open"),
    /** It has closed, and its last votes are being counted. */
    COUNTING("step.counting"),
    /** It has closed, and its result is final. */
    FINAL("step.final");

    private final String key;

    PollStep(String key) {
        this.key = key;
    }

    /** The key of its words, in the bundle {@code organiser}. */
    public String key() {
        return key;
    }

    /** The step of a poll at a time. */
    static PollStep of(PollRow poll, Instant now) {
        if (poll.opens().filter(now::isBefore).isPresent()) {
            return poll.waits() ? WAITING : SCHEDULED;
        }
        if (poll.closes().filter(time -> !now.isBefore(time)).isEmpty()) {
            return OPEN;
        }
        return poll.finalAt().isPresent() ? FINAL : COUNTING;
    }

    /** Its name as programs write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it takes no more votes. */
    public boolean isClosed() {
        return this == COUNTING || this == FINAL;
    }
}
