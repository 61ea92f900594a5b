package org.votingapp.organiser.health;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import org.votingapp.organiser.store.StoredSessions;
import org.votingapp.runtime.health.Finding;
import org.votingapp.runtime.health.TimedCheck;
import org.votingapp.runtime.store.StoreAddress;

/** Asks Postgres for the tables of log-ins and of the workers' books, which came with all others that this server needs (V6, V7). */
@Singleton
class PostgresCheck {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    @Resource
    private ManagedExecutorService executor;

    @Inject
    private StoredSessions sessions;

    @Inject
    private StoreAddress postgres;

    private TimedCheck check;
    private volatile boolean hasAnswered;

    @PostConstruct
    void prepare() {
        check = new TimedCheck(executor, LIMIT, postgres, this::ask);
    }

    private Finding ask() {
        sessions.probe();
        hasAnswered = true;
        return Finding.up(Map.of());
    }

    Finding finding() {
        return check.finding();
    }

    /** Up from the first answer on. */
    Finding firstFinding() {
        return hasAnswered ? Finding.up(Map.of()) : finding();
    }
}
