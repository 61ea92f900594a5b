package org.votingapp.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.votingapp.poll.VoterId;
import org.votingapp.stack.TestStacks;
import org.votingapp.stack.data.Ports;
import org.votingapp.systemtests.faults.VoteSender.Identity;
import org.votingapp.systemtests.faults.VoteSender.Posted;
import org.votingapp.testsupport.checker.Told;

/** Tests the fault tests: they find a lost vote. Comes after those whose stack it spoils. */
@ExtendWith(SharedFaultStack.class)
@Order(Order.DEFAULT + 2)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LossIsFoundIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final FaultScale scale = new FaultScale(1, 150, 1, 8, 100, Duration.ZERO);
    private final KeptStack kept;

    LossIsFoundIT(KeptStack kept) {
        this.kept = kept;
    }

    @Test
    @Order(1)
    void aVoteByTheFormIsAcknowledgedEvenIfItsPageDoesNotCome() {
        FaultStack stack = kept.stack();
        URI server = stack.parts().vote().uri("/");
        URI nobody = URI.create("http://localhost:" + Ports.free());
        Iterator<URI> servers = List.of(server, nobody, server).iterator();
        try (VoteSender client = new VoteSender(servers::next)) {
            Posted posted = client.castByForm(Identity.of(new VoterId(1, 2), stack.key()), "b");
            stack.history().add(posted.attempt());

            assertThat(posted.attempt().told()).isEqualTo(Told.ON_RECORD);
            assertThat(posted.attempt().onRecord()).contains("b");
            assertThat(posted.page().get().told()).isEqualTo(Told.NOTHING);
            assertThat(posted.page().get().onRecord()).contains("b");
        }
    }

    /** Runs last, since it spoils its stack. */
    @Test
    @Order(2)
    void aLostVoteFailsTheTestEvenOnARerun() {
        // A new fault each time: a rerun of this test must not see the first one.
        String name = "a ballot is deleted by hand at " + Instant.now();
        Path log = kept.stack().parts().data().log("worker");
        FaultRounds rounds = new FaultRounds(scale, kept);
        assertThatThrownBy(() -> rounds.play(name, LossIsFoundIT::deleteABallot))
                .isInstanceOf(BrokenPromise.class)
                .hasMessageContaining("has no ballot, and was told");
        TestStacks.newFolder();
        assertThat(log).as("what may tell why").exists();

        FaultRounds secondTry = new FaultRounds(scale, new KeptStack(() -> {
            throw new IllegalStateException("a stack is started for what cannot be taken back");
        }));
        assertThatThrownBy(() -> secondTry.play(name, scene -> {}))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("was broken before");
    }

    /** The newest, whose voter has had an answer: faults that were played before may have left others without one. */
    private static void deleteABallot(Scene scene) {
        try (Connection connection = scene.parts().postgres().connect();
                Statement statement = connection.createStatement()) {
            Awaitility.await("a ballot is deleted")
                    .atMost(LIMIT)
                    .until(() -> statement.executeUpdate(
                                    "DELETE FROM ballot WHERE entry_id = (SELECT max(entry_id) FROM ballot)")
                            == 1);
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }
}
