package org.votingapp.worker.drain;

import java.util.List;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.votingapp.poll.Ballot;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollRefusedException;
import org.votingapp.poll.ResultsRule;
import org.votingapp.runtime.health.Heartbeat;
import org.votingapp.worker.poll.PollCatalog;
import org.votingapp.worker.store.StoreAwayException;

/** Finds the polls that the ballots of a delivery name, with few queries. Used by one thread. */
final class PollLookup {

    private static final Logger LOG = Logger.getLogger(PollLookup.class.getName());

    private final Poll configured;
    private final ResultsRule results;
    private final PollCatalog catalog;
    private final Heartbeat heartbeat;
    private String told = "";

    /**
     * @param configured the poll of this worker's configuration
     * @param results who sees its result when
     * @param catalog the registered polls
     * @param heartbeat the loop's
     */
    PollLookup(Poll configured, ResultsRule results, PollCatalog catalog, Heartbeat heartbeat) {
        this.configured = configured;
        this.results = results;
        this.catalog = catalog;
        this.heartbeat = heartbeat;
    }

    /** The cached polls, if they have all that the ballots name; else the polls as they are now. */
    KnownPolls forAll(List<Ballot> ballots) throws StoreAwayException {
        KnownPolls recent = new KnownPolls(catalog.recent());
        if (missing(recent, ballots).findAny().isEmpty()) {
            return recent;
        }
        // A poll or an option may be new. Asks once a delivery, so that rubbish costs no more than ballots do.
        heartbeat.beat();
        KnownPolls latest = new KnownPolls(catalog.latest());
        if (missing(latest, ballots).noneMatch(this::isConfigured)) {
            return latest;
        }
        // Another worker, which started later with an older configuration, has removed it.
        heartbeat.beat();
        register();
        heartbeat.beat();
        return new KnownPolls(catalog.latest());
    }

    private static Stream<Ballot> missing(KnownPolls polls, List<Ballot> ballots) {
        return ballots.stream().filter(ballot -> !polls.have(ballot));
    }

    private boolean isConfigured(Ballot ballot) {
        return ballot.pollId().equals(configured.id())
                && configured.option(ballot.choice()).isPresent();
    }

    private void register() throws StoreAwayException {
        try {
            catalog.register(configured, results, 0);
        } catch (PollRefusedException refused) {
            // Its ballots wait like all others whose poll or option is not registered, and are rejected in the end.
            // Told once: each delivery asks again.
            if (!refused.getMessage().equals(told)) {
                told = refused.getMessage();
                LOG.warning(told);
            }
        }
    }
}
