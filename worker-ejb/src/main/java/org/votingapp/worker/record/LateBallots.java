package org.votingapp.worker.record;

import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;

/** Logs, once a poll, that ballots moved its tally after it was final. Thread-safe. */
@Singleton
public class LateBallots {

    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    /** Ballots of this poll count, though it was final. */
    void recorded(String pollId) {
        if (logged.add(pollId)) {
            // No constant: Liberty's logger keeps the class that asked first, and with it an application that has
            // ended.
            Logger.getLogger(LateBallots.class.getName())
                    .warning(() ->
                            ("Poll %s was final, and further ballots were recorded since: they count, and its final result"
                                            + " changes; check the clock of Redis, which may have stepped back")
                                    .formatted(pollId));
        }
    }
}
