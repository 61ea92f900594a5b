package org.votingapp.vote.casting;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollRefusedException;

/** Logs the configured poll, and stops the start where {@link PollAdmission} refuses it. */
@Singleton
public class PollCheckAtStart {

    private static final Logger LOG = Logger.getLogger(PollCheckAtStart.class.getName());

    private final Poll poll;
    private final BallotBox ballotBox;
    private final PollAdmission admission;

    /** Checks this poll. */
    @Inject
    public PollCheckAtStart(Poll poll, BallotBox ballotBox, PollAdmission admission) {
        this.poll = poll;
        this.ballotBox = ballotBox;
        this.admission = admission;
    }

    void check(@Observes @Initialized(ApplicationScoped.class) Object application) {
        LOG.info(() -> "Voting on \"%s\" (%s): %d options, %s; ballot box %s"
                .formatted(poll.question(), poll.id(), poll.options().size(), poll.revote(), ballotBox));
        try {
            admission.askAtStart();
        } catch (PollRefusedException refused) {
            throw new IllegalStateException(refused.getMessage(), refused);
        } catch (BallotBoxUnavailableException away) {
            // The ballot box has logged it. PollAdmission admits no vote before it could ask.
            LOG.log(Level.FINE, "The registered poll is not known yet", away);
        }
    }
}
