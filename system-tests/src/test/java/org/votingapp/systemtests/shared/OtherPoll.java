package org.votingapp.systemtests.shared;

import java.util.Map;
import java.util.Optional;
import org.votingapp.stack.LocalStack;
import org.votingapp.stack.StackDescription;
import org.votingapp.stack.TestStacks;
import org.votingapp.stack.liberty.ServerKind;

/**
 * A poll that {@link SharedStack} does not have: a vote server and its stores, started by the first test that asks for them.
 * They end with the JVM.
 */
public enum OtherPoll {

    /** Voters may change their choice. */
    CHANGEABLE(Map.of("POLL_REVOTE", "changeable")),

    /** Voting is over. */
    CLOSED(Map.of("POLL_OPENS", "2026-01-01T00:00:00Z", "POLL_CLOSES", "2026-01-02T00:00:00Z"));

    /** The id of each such poll. */
    public static final String ID = "other-poll";

    private final Map<String, String> settings;
    private Optional<LocalStack> running = Optional.empty();

    OtherPoll(Map<String, String> settings) {
        this.settings = settings;
    }

    /** Its running stack, without worker and result server. A test leaves it ready; its votes stay. */
    public synchronized LocalStack stack() {
        if (running.isEmpty()) {
            StackDescription description = TestStacks.describe()
                    .count(ServerKind.WORKER, 0)
                    .count(ServerKind.RESULT, 0)
                    .set("POLL_ID", ID);
            settings.forEach(description::set);
            running = Optional.of(TestStacks.open(description).start(TestStacks.START_LIMIT));
        }
        return running.get();
    }
}
