package org.votingapp.worker.drain;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.votingapp.poll.PollRefusedException;
import org.votingapp.runtime.store.BackOff;
import org.votingapp.worker.schema.SchemaMigration;
import org.votingapp.worker.seed.SeedingRefusedException;
import org.votingapp.worker.store.Store;
import org.votingapp.worker.store.StoreAwayException;
import org.votingapp.worker.store.StoreStates;

/** What comes before draining: the schema is brought to its version, and the poll is registered. */
@Singleton
class Preparation {

    private static final Logger LOG = Logger.getLogger(Preparation.class.getName());

    private static final Duration AFTER_A_REFUSAL = Duration.ofSeconds(5);

    private final SchemaMigration schema;
    private final Registration registration;
    private final StoreStates stores;
    private final DrainState state;

    @Inject
    Preparation(SchemaMigration schema, Registration registration, StoreStates stores, DrainState state) {
        this.schema = schema;
        this.registration = registration;
        this.stores = stores;
        this.state = state;
    }

    /** Tries until it is done or the signal is given. */
    void run(BackOff backOff, StopSignal stop) {
        while (!stop.isGiven()) {
            try {
                String version = schema.migrate();
                registration.register();
                stores.works(Store.POSTGRES);
                state.prepared(version);
                return;
            } catch (PollRefusedException | SeedingRefusedException refused) {
                // Tried again: an operator who restores the poll ends this, or another worker that may change it.
                report(refused.getMessage());
                stop.await(AFTER_A_REFUSAL);
            } catch (StoreAwayException away) {
                stores.failed(away);
                stop.await(backOff.next());
            } catch (RuntimeException unforeseen) {
                LOG.log(Level.SEVERE, "Preparing the schema failed unexpectedly; the worker tries again", unforeseen);
                stop.await(backOff.next());
            }
        }
    }

    /** Logs a refusal once, in full: it says how to end it. */
    private void report(String refusal) {
        if (!state.refusal().equals(Optional.of(refusal))) {
            LOG.severe(refusal);
        }
        state.refused(refusal);
    }
}
