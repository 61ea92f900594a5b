package org.votingapp.organiser.recount;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import org.votingapp.organiser.desk.RecountDesk;
import org.votingapp.runtime.store.FailureLog;

/**
 * Takes the steps of all recounts that run, whoever began them and at whichever server. Several servers share the steps.
 *
 * <p>After each step it rests as long as the step took, so that recording ballots keeps at least half of Postgres' processor.
 */
@ApplicationScoped
public class RecountRunner {

    private static final Logger LOG = Logger.getLogger(RecountRunner.class.getName());
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration SHORTEST_REST = Duration.ofMillis(20);

    @Resource
    private ManagedScheduledExecutorService scheduler;

    private final FailureLog failures =
            new FailureLog(LOG, "Recounting failed", "recounts go on later", "Recounting works again");

    private RecountDesk recounts;
    private volatile Future<?> next;
    private volatile boolean ended;

    /** For CDI. */
    protected RecountRunner() {}

    /** Takes the steps of these. */
    @Inject
    RecountRunner(RecountDesk recounts) {
        this.recounts = recounts;
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object applicationStarts) {
        schedule(LOOK);
    }

    @PreDestroy
    void end() {
        ended = true;
        next.cancel(false);
    }

    private void schedule(Duration rest) {
        if (!ended) {
            next = scheduler.schedule(this::look, rest.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        Duration rest = LOOK;
        try {
            rest = step();
            failures.works();
        } catch (RuntimeException failed) {
            // The step was rolled back, so it is taken again.
            failures.failed(String.valueOf(failed.getMessage()));
        } finally {
            schedule(rest);
        }
    }

    /** Takes a step of each; says how long to rest. */
    private Duration step() {
        List<String> running = recounts.running();
        long began = System.nanoTime();
        running.forEach(recounts::step);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        if (running.isEmpty()) {
            return LOOK;
        }
        return took.compareTo(SHORTEST_REST) > 0 ? took : SHORTEST_REST;
    }
}
