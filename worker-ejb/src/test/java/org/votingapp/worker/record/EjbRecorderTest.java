package org.votingapp.worker.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ejb.EJBException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.votingapp.worker.store.StoreAwayException;
import org.votingapp.worker.stream.EntryId;
import org.votingapp.worker.stream.Rejection;

class EjbRecorderTest {

    /** A recorder whose commit fails for each batch with the voter's ballot in it. */
    private static EjbRecorder failingAtCommit(long voter, SQLException failure) {
        return new EjbRecorder(new BallotRecorder() {
            @Override
            public Recorded record(List<ReceivedBallot> ballots) {
                if (ballots.stream().anyMatch(ballot -> ballot.id().millis() == voter)) {
                    throw new EJBException(failure);
                }
                return Ballots.allStored(ballots);
            }
        });
    }

    @Test
    void aBallotThatPostgresRefusesAtTheCommitIsFoundToo() throws StoreAwayException {
        EjbRecorder recorder = failingAtCommit(2, new SQLException("deferred", "23514"));
        Recorded recorded = new HalvingRecorder(recorder).record(Ballots.ofVoters(3));

        assertThat(recorded.rejected())
                .containsExactly(
                        new Rejection(new EntryId(2, 0), "Postgres refused it: deferred (SQLSTATE 23514)", false));
        assertThat(recorded.counted()).hasSize(2);
    }

    @Test
    void aBallotWithoutItsOptionMayWaitForIt() throws StoreAwayException {
        EjbRecorder recorder = failingAtCommit(1, new SQLException("no option", "23503"));

        assertThat(new HalvingRecorder(recorder).record(Ballots.ofVoters(1)).rejected())
                .containsExactly(
                        new Rejection(new EntryId(1, 0), "Postgres refused it: no option (SQLSTATE 23503)", true));
    }

    @Test
    void aConnectionLostAtTheCommitIsAFailureOfTheStore() {
        EjbRecorder recorder = failingAtCommit(1, new SQLException("broken", "08006"));

        assertThatThrownBy(() -> recorder.record(Ballots.ofVoters(8)))
                .isInstanceOf(StoreAwayException.class)
                .hasMessage("broken (SQLSTATE 08006)");
    }
}
