package org.votingapp.organiser.desk;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.votingapp.organiser.account.Organiser;
import org.votingapp.organiser.store.PollRow;
import org.votingapp.organiser.store.RoomRow;
import org.votingapp.poll.ResultsRule;

/**
 * Opens, closes and shows polls, by Postgres' clock. Workers publish what changed; until then, vote servers go by the version
 * before ({@link PollView#inEffect}).
 *
 * <p>Each method takes the version of the poll that the organiser saw, if they say, and throws
 * {@link ChangedMeanwhileException} where it has another one by now.
 */
@ApplicationScoped
@Transactional
public class Steering {

    private static final Duration EXTENSION = Duration.ofMinutes(1);

    private DeskRows rows;
    private AuditLog audit;

    /** For CDI. */
    protected Steering() {}

    /** Works on these rows, and notes what it does. */
    @Inject
    Steering(DeskRows rows, AuditLog audit) {
        this.rows = rows;
        this.audit = audit;
    }

    /**
     * Opens a poll that waits, is scheduled, or has closed.
     *
     * @throws RefusedException where it is open, archived, its ballots are deleted, or it needs codes and has none in effect
     */
    public PollView open(Organiser organiser, String id, OptionalLong version) {
        PollRow poll = rows.lockedPoll(organiser, id, version);
        PollView before = rows.view(poll);
        refuse(before.archived(), Refusal.ARCHIVED);
        refuse(before.step() == PollStep.OPEN, Refusal.OPEN_ALREADY);
        refuse(before.lostBallots(), Refusal.BALLOTS_DELETED);
        refuse(before.needsCode() && !(before.codePublished() && hasCodes(id)), Refusal.CODES_FIRST);
        poll.open(before.now());
        String action = before.step().isClosed() ? "poll.openedAgain" : "poll.opened";
        return noted(organiser, action, poll, before.step().word(), PollStep.OPEN.word());
    }

    /**
     * Closes a poll.
     *
     * @throws RefusedException where it is not open
     */
    public PollView close(Organiser organiser, String id, OptionalLong version) {
        PollRow poll = rows.lockedPoll(organiser, id, version);
        PollView before = rows.view(poll);
        refuse(before.step() != PollStep.OPEN, Refusal.NOT_OPEN);
        poll.close(before.now());
        return noted(organiser, "poll.closed", poll, before.step().word(), PollStep.COUNTING.word());
    }

    /**
     * Lets a poll close a minute later.
     *
     * @throws RefusedException where it is not open, or has no closing time
     */
    public PollView extend(Organiser organiser, String id, OptionalLong version) {
        PollRow poll = rows.lockedPoll(organiser, id, version);
        PollView before = rows.view(poll);
        refuse(before.step() != PollStep.OPEN, Refusal.NOT_OPEN);
        refuse(before.closes().isEmpty(), Refusal.NO_CLOSING_TIME);
        Instant closes = before.closes().orElseThrow();
        Instant later = closes.plus(EXTENSION);
        poll.closeAt(Optional.of(later));
        return noted(organiser, "poll.extended", poll, closes.toString(), later.toString());
    }

    /**
     * Shows the result whatever the poll's rule says.
     *
     * @throws RefusedException where voters were told that it does not show before voting closes
     */
    public PollView reveal(Organiser organiser, String id, OptionalLong version) {
        PollRow poll = rows.lockedPoll(organiser, id, version);
        PollView before = rows.view(poll);
        refuse(
                before.results().rule() != ResultsRule.ORGANISER
                        && !before.step().isClosed(),
                Refusal.NOT_CLOSED);
        poll.reveal(true);
        return noted(organiser, "poll.revealed", poll, "", "");
    }

    /** Shows the result as the poll's rule says. */
    public PollView hide(Organiser organiser, String id, OptionalLong version) {
        PollRow poll = rows.lockedPoll(organiser, id, version);
        poll.reveal(false);
        return noted(organiser, "poll.hidden", poll, "", "");
    }

    /**
     * Puts a poll on the stage of its room.
     *
     * @throws RefusedException where it is archived, or the house room's
     */
    public PollView stage(Organiser organiser, String id, OptionalLong version) {
        PollRow poll = rows.lockedPoll(organiser, id, version);
        refuse(poll.room().isEmpty(), Refusal.HOUSE);
        refuse(poll.isArchived(), Refusal.ARCHIVED);
        RoomRow room = rows.room(organiser, poll.room().orElseThrow());
        String before = room.stage().orElse("");
        room.putOnStage(Optional.of(id));
        return noted(organiser, "poll.staged", poll, before, id);
    }

    /**
     * Puts a poll on the stage of its room and opens it.
     *
     * @throws RefusedException as {@link #stage} and {@link #open} do; then neither is done
     */
    public PollView openOnStage(Organiser organiser, String id, OptionalLong version) {
        stage(organiser, id, version);
        return open(organiser, id, OptionalLong.empty());
    }

    private boolean hasCodes(String id) {
        return rows.codeBatches(id).stream().anyMatch(batch -> !batch.isRevoked());
    }

    private PollView noted(Organiser organiser, String action, PollRow poll, String before, String after) {
        PollView view = rows.view(poll);
        audit.add(organiser, action, view, before, after);
        return view;
    }

    private static void refuse(boolean wrong, Refusal why) {
        if (wrong) {
            throw new RefusedException(why);
        }
    }
}
