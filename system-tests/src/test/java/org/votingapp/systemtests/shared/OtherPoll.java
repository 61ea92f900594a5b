package org.votingapp.systemtests.shared;

import java.util.Map;
import java.util.Optional;
import org.votingapp.stack.LocalStack;
import org.votingapp.stack.StackDescription;
import org.votingapp.stack.TestStacks;
import org.votingapp.stack.WithoutWorker;
import org.votingapp.stack.liberty.ServerKind;

/**
 * A poll that {@link SharedStack} does not have: a vote server and its stores, started by the first test that asks for them.
 * They end with the JVM.
 */
public enum OtherPoll {

    /** Voters may change their choice, and try 60 votes a minute from one address. */
    CHANGEABLE(Map.of("POLL_REVOTE", "changeable", "VOTE_RATE_LIMIT", "60")),

    /** Voters may change their choice among ten options, and try 60 votes a minute from one address. */
    TEN_OPTIONS(Map.of(
            "POLL_REVOTE",
            "changeable",
            "POLL_OPTIONS",
            TenLabels.OF_MANY_SCRIPTS,
            "POLL_CLOSES",
            "2127-03-01T09:00:00Z",
            "VOTE_RATE_LIMIT",
            "60")),

    /** Voting begins later. */
    NOT_YET_OPEN(Map.of("POLL_OPENS", "2127-03-01T09:00:00Z")),

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
            running = Optional.of(WithoutWorker.start(TestStacks.open(description)));
        }
        return running.get();
    }

    /** An enum's constants come before its other fields. */
    private static final class TenLabels {

        /** Of up to 100 characters. */
        static final String OF_MANY_SCRIPTS = String.join(
                ",",
                "Cats",
                "Dogs",
                "Pizza\\, but only if we can sit outside and nobody has to wait for longer than half an hour",
                "سلطة الحمص",
                "Donaudampfschifffahrtsgesellschaftskapitänsmützenknopfloch",
                "中华料理",
                "👩‍👩‍👧‍👦 What the children want",
                "שקשוקה",
                "Bring your own lunch",
                "I have no opinion");

        private TenLabels() {}
    }
}
