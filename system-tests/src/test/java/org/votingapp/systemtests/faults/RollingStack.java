package org.votingapp.systemtests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.votingapp.poll.RevoteRule;
import org.votingapp.stack.LocalStack;
import org.votingapp.stack.StackDescription;
import org.votingapp.stack.TestStacks;
import org.votingapp.stack.liberty.LibertyPart;
import org.votingapp.stack.liberty.ServerKind;
import org.votingapp.stack.process.Part;
import org.votingapp.testsupport.VoterKey;
import org.votingapp.testsupport.checker.History;
import org.votingapp.testsupport.checker.Told;

/**
 * Servers of two releases on one Redis and one Postgres. It begins with one server of each kind, all of the earlier release,
 * and with voters.
 *
 * <p>The stores grant what this release's files grant: an upgrade begins with the stores.
 */
final class RollingStack implements AutoCloseable {

    /** The servers that an earlier release has; organisers came later. */
    private static final List<ServerKind> KINDS = List.of(ServerKind.VOTE, ServerKind.WORKER, ServerKind.RESULT);

    private static final Duration START_LIMIT = Duration.ofMinutes(5);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int OPTIONS = 3;
    private static final int VOTES = 400;
    /** Fewer than votes, since some vote twice. */
    private static final int BALLOTS = 100;

    private final VoterKey key = new VoterKey("a key that is made for tests of upgrades alone");
    private final LocalStack stack;
    private final Map<ServerKind, LibertyPart> inService = new EnumMap<>(ServerKind.class);
    private final History history = new History();
    private final StoredReader reader;
    private final Reckoning reckoning;
    private final List<Witness> witnesses;
    private final Rotation voteServers;
    private final Load load;

    /**
     * Starts the earlier release.
     *
     * @param earlier its checkout, with its servers built
     */
    RollingStack(Path earlier, RevoteRule rule, FaultScale scale) {
        StackDescription description = TestStacks.describe()
                .set("POLL_OPTIONS", "Cats,Dogs,Fish")
                .set("POLL_REVOTE", rule.name())
                .set("VOTER_KEY", key.secret())
                // By default an ended worker's ballots are claimed only after half a minute.
                .set("WORKER_CLAIM_IDLE", "PT3S");
        KINDS.forEach(kind -> description.count(kind, 2).checkout(kind, 2, earlier));
        this.stack = TestStacks.open(description);
        KINDS.forEach(kind -> inService.put(kind, stack.servers(kind).get(1)));
        List<Part> first = new ArrayList<>(List.of(stack.redis(), stack.postgres()));
        first.addAll(inService.values());
        try {
            start(first);
        } catch (RuntimeException failed) {
            stack.close();
            throw failed;
        }
        this.reader = new StoredReader(stack);
        this.reckoning = new Reckoning(rule, history, reader);
        this.witnesses = stack.servers(ServerKind.RESULT).stream()
                .map(result -> new Witness(stack.postgres(), result, rule))
                .toList();
        this.voteServers = new Rotation(List.of(inService.get(ServerKind.VOTE)));
        this.load = new Load(
                new Plan(scale.seed(), OPTIONS),
                key,
                voteServers,
                history,
                new AtomicLong(),
                scale.clients(),
                scale.perSecond());
        goesOn();
    }

    private static void start(Collection<? extends Part> parts) {
        parts.forEach(Part::start);
        parts.forEach(part -> part.awaitReady(START_LIMIT));
    }

    /**
     * Replaces the servers of these kinds by those of the other release, all at the same time: the new ones start beside the
     * old ones, and the old ones end once the new ones are ready.
     */
    void roll(ServerKind... kinds) {
        Map<ServerKind, LibertyPart> old = new EnumMap<>(ServerKind.class);
        Map<ServerKind, LibertyPart> other = new EnumMap<>(ServerKind.class);
        for (ServerKind kind : kinds) {
            old.put(kind, inService.get(kind));
            other.put(kind, theOther(kind));
        }
        load.whileFewVote(() -> start(other.values()));
        inService.putAll(other);
        if (other.containsKey(ServerKind.VOTE)) {
            voteServers.takeIn(other.get(ServerKind.VOTE));
        }
        goesOn();
        if (old.containsKey(ServerKind.VOTE)) {
            voteServers.takeOut(old.get(ServerKind.VOTE));
            // Requests in flight, while the load balancer learns of it.
            load.awaitMore(VOTES);
        }
        old.values().forEach(Part::stop);
        goesOn();
        System.out.printf("%s of the other release: votes go on (%s)%n", Arrays.toString(kinds), history.counts());
    }

    private LibertyPart theOther(ServerKind kind) {
        List<LibertyPart> both = stack.servers(kind);
        return both.get(1 - both.indexOf(inService.get(kind)));
    }

    /** Votes are acknowledged, recorded, and shown by each result server that runs. */
    private void goesOn() {
        long before = recorded();
        load.awaitMore(VOTES);
        Awaitility.await("ballots are recorded").atMost(LIMIT).until(() -> recorded() >= before + BALLOTS);
        long goal = recorded();
        for (Witness witness : witnesses) {
            if (witness.result().isAlive()) {
                Awaitility.await(witness.result().name() + " shows them")
                        .atMost(LIMIT)
                        .until(() -> sum(witness.newestOnStream()) >= goal);
            }
        }
    }

    private long recorded() {
        try {
            return sum(reader.tally());
        } catch (SQLException unreadable) {
            throw new AssertionError("the tally cannot be read", unreadable);
        }
    }

    private static long sum(Map<String, Long> votes) {
        return votes.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Ends the voters, then compares all answers with the stores and with what the result server in service shows.
     *
     * @throws BrokenPromise if they contradict each other
     */
    void check() {
        load.close();
        for (Witness witness : witnesses) {
            if (witness.result() == inService.get(ServerKind.RESULT)) {
                reckoning.check(witness, List.of(inService.get(ServerKind.WORKER)));
            } else if (!witness.violations().isEmpty()) {
                throw new BrokenPromise(witness.violations());
            }
        }
        assertThat(history.counts().get(Told.NOTHING))
                .as("votes that failed, by status: %s", Scene.withoutAnswerByStatus(history))
                .isZero();
    }

    @Override
    public void close() {
        // Voters first: they would try again for minutes.
        try (stack;
                load) {
            witnesses.forEach(Witness::close);
        }
    }
}
