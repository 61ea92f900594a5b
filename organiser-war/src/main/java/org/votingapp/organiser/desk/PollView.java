package org.votingapp.organiser.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.votingapp.poll.ResultViewer;
import org.votingapp.poll.ResultsPolicy;
import org.votingapp.poll.RevoteRule;
import org.votingapp.poll.RoomCode;

/**
 * A poll as its organiser sees it. Immutable.
 *
 * @param room its room; {@link RoomCode#HOUSE} for the house room's polls
 * @param options in order, with their votes
 * @param results who sees the result when
 * @param opens when it opens; empty where it has always been open, or waits for its organiser
 * @param closes when it closes, if ever
 * @param step how far it has come
 * @param onStage whether voters of its room see it
 * @param archived whether it has left the list of its room
 * @param lostBallots whether nobody knows any more who has voted
 * @param round how often it has been asked, this time included
 * @param askedBefore the id of the poll of the round before
 * @param version how often what voters see of it has changed
 * @param publishedVersion the version by which vote servers go; 0 where they know none
 * @param publishedAt since when they do
 * @param finalAt since when its result is final
 * @param now Postgres' time at which all this was so
 * @param needsCode whether it takes votes with codes alone
 * @param codePublished whether the cast script knows that it does
 */
public record PollView(
        String id,
        RoomCode room,
        String question,
        String language,
        List<OptionView> options,
        RevoteRule revote,
        ResultsPolicy results,
        Optional<Instant> opens,
        Optional<Instant> closes,
        PollStep step,
        boolean onStage,
        boolean archived,
        boolean lostBallots,
        int round,
        Optional<String> askedBefore,
        long version,
        long publishedVersion,
        Optional<Instant> publishedAt,
        Optional<Instant> finalAt,
        Instant now,
        boolean needsCode,
        boolean codePublished) {

    /** A vote server may take the first votes this much before an organiser's change of a poll that opens is published. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    /** Copies the options. */
    public PollView {
        options = List.copyOf(options);
    }

    /** All recorded votes. */
    public long total() {
        return options.stream().mapToLong(OptionView::votes).sum();
    }

    /** Whether vote servers go by its latest version. */
    public boolean inEffect() {
        return publishedVersion >= version;
    }

    /** Whether everybody sees its result now. */
    public boolean shown() {
        return results.shows(ResultViewer.ANYBODY, step == PollStep.FINAL);
    }

    /** Whether it is the house room's, which its configuration words. */
    public boolean ofHouse() {
        return room.equals(RoomCode.HOUSE);
    }

    /**
     * Whether nobody can have voted, so that all of it may change. Vote servers may go by an earlier version, by which it is
     * open; ballots may be on their way. So the tally alone does not decide.
     */
    public boolean free() {
        boolean unopened = step == PollStep.WAITING
                || step == PollStep.SCHEDULED && opens.orElseThrow().isAfter(now.plus(MARGIN))
                || step == PollStep.FINAL;
        return unopened && total() == 0 && !lostBallots && (inEffect() || publishedVersion == 0);
    }
}
