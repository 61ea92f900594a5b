package org.votingapp.systemtests.faults;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.votingapp.poll.RevoteRule;
import org.votingapp.stack.liberty.LibertyPart;
import org.votingapp.testsupport.checker.Checker;
import org.votingapp.testsupport.checker.History;
import org.votingapp.testsupport.checker.Stored;
import org.votingapp.testsupport.checker.Stored.Counts;
import org.votingapp.testsupport.checker.Stored.StoredBallot;

/**
 * Compares every answer to a vote with what a stack stores and shows.
 *
 * @param rule whether choices may change
 * @param history the answers
 * @param reader reads the stores
 */
record Reckoning(RevoteRule rule, History history, StoredReader reader) {

    private static final Duration DRAIN_LIMIT = Duration.ofMinutes(3);
    private static final Duration RECOVERY_LIMIT = Duration.ofSeconds(20);

    /**
     * Waits until the stack is idle, then compares answers, stores and views.
     *
     * @param witness watches the result server whose views are compared
     * @param workers those that run
     * @throws BrokenPromise if they contradict each other
     */
    void check(Witness witness, List<LibertyPart> workers) {
        Awaitility.await("the drain runs dry").atMost(DRAIN_LIMIT).until(() -> reader.pending() == 0);
        try {
            Map<String, Long> tally = reader.tally();
            List<StoredBallot> ballots = reader.ballots();
            // The stores first: if they are wrong, views and workers never agree with them.
            compare(
                    new Stored(ballots, tally, Map.of(), Map.of("the stores", reader.inStores(ballots.size()))),
                    witness);
            awaitViews(tally, witness);
            Map<String, Counts> counts = settledCounts(ballots.size(), workers);
            compare(new Stored(ballots, tally, views(witness), counts), witness);
        } catch (SQLException | IOException unreadable) {
            throw new AssertionError("what is stored cannot be read", unreadable);
        } catch (InterruptedException interrupted) {
            throw new AssertionError("interrupted", interrupted);
        }
    }

    private void compare(Stored stored, Witness witness) throws SQLException {
        List<String> violations = new ArrayList<>(Checker.violations(rule, history.named(reader.voterKey()), stored));
        violations.addAll(witness.violations());
        if (!violations.isEmpty()) {
            throw new BrokenPromise(violations);
        }
    }

    /** Waits until page, API and stream have recovered by themselves. */
    private static void awaitViews(Map<String, Long> tally, Witness witness) {
        long compared = witness.compared();
        Awaitility.await("the views show the tally")
                .atMost(RECOVERY_LIMIT)
                .ignoreException(IOException.class)
                .until(() -> views(witness).values().stream().allMatch(tally::equals));
        Awaitility.await("the witness has seen them").atMost(RECOVERY_LIMIT).until(() -> witness.compared() > compared);
    }

    private static Map<String, Map<String, Long>> views(Witness witness) throws IOException, InterruptedException {
        Views views = new Views(witness.result());
        Map<String, Map<String, Long>> shown = new TreeMap<>();
        shown.put("the results API", views.api());
        shown.put("the CSV", views.csv());
        shown.put("the page", views.page());
        shown.put("the stream", witness.newestOnStream());
        return shown;
    }

    /** Workers read the stores every two seconds. */
    private Map<String, Counts> settledCounts(long recorded, List<LibertyPart> workers) {
        return Awaitility.await("the workers count as the stores do")
                .atMost(RECOVERY_LIMIT)
                .until(
                        () -> reader.counts(recorded, workers),
                        counts -> counts.values().stream().distinct().count() == 1);
    }
}
