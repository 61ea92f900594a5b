package org.votingapp.organiser.desk;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.votingapp.organiser.desk.BallotExport.Sink;

/**
 * The choices of a poll's ballots in random order, drawn from the number of ballots of each choice.
 *
 * <p>The next choice is that of any of the ballots that are left, so each order is as likely as if the ballots themselves were
 * shuffled; and as many as there are, they need no memory (docs/decisions/0045). Not thread-safe.
 */
final class ShuffledChoices {

    private final RandomGenerator random;

    /** Draws by this. Nobody learns anything by guessing it: the order has nothing to do with the ballots. */
    ShuffledChoices(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Hands over each choice as often as it has ballots.
     *
     * @throws IOException where the client is gone
     */
    void each(Map<String, Long> ballots, Sink sink) throws IOException {
        List<String> choices = List.copyOf(ballots.keySet());
        long[] left = choices.stream().mapToLong(ballots::get).toArray();
        for (long all = ballots.values().stream().mapToLong(Long::longValue).sum(); all > 0; all--) {
            long drawn = random.nextLong(all);
            int choice = 0;
            while (drawn >= left[choice]) {
                drawn -= left[choice++];
            }
            left[choice]--;
            sink.take(choices.get(choice));
        }
    }
}
