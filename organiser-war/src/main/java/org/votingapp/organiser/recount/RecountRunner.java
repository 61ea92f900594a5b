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
 * <p>A recount rests after each step, as Postgres says (V10), so that recording ballots goes on beside it.
 */
@ApplicationScoped
public class RecountRunner {

    private static final Logger LOG = Logger.getLogger(RecountRunner.class.getName());
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMillis(50);

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

    private void schedule(Duration pause) {
        if (!ended) {
            next = scheduler.schedule(this::look, pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        Duration pause = LOOK;
        try {
            pause = step();
            failures.works();
        } catch (RuntimeException failed) {
            // The step was rolled back, so it is taken again.
            failures.failed(String.valueOf(failed.getMessage()));
        } finally {
            schedule(pause);
        }
    }

    /** Takes a step of each that does not rest; says when to look again. */
    private Duration step() {
        List<String> running = recounts.running();
        running.forEach(recounts::step);
        return running.isEmpty() ? LOOK : PAUSE;
    }
}
