package org.votingapp.worker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URL;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.core.ConditionFactory;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.votingapp.runtime.redis.CodeHash;
import org.votingapp.runtime.redis.PollHash;
import org.votingapp.runtime.redis.RedisNames;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XPendingParams;

/** Ballots that reach a worker before their poll or their option is registered. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class LaterPollIT {

    private static final String LATER = "sun-or-rain";
    private static final String CODED = "board";
    private static final String OVER = "snow-or-hail";

    private Voting voting;
    private Probe probe;

    @ArquillianResource
    private URL address;

    @Deployment
    static WebArchive worker() {
        return WorkerArchive.with("later.war", Map.of("worker.unknown-wait", "PT10M", "ballot.retention", "PT1H"));
    }

    @BeforeEach
    void reset() throws Exception {
        probe = new Probe(address.toURI());
        eventually().until(() -> probe.is("started"));
        voting = StoresOutside.voting();
        voting.reset();
        for (String poll : List.of(LATER, OVER)) {
            remove(poll, "a");
            voting.execute("DELETE FROM poll WHERE id = '%s'".formatted(poll));
        }
        remove(Voting.FINAL, "c");
    }

    @AfterEach
    void close() {
        voting.close();
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(50));
    }

    private void register(String poll, String option) throws Exception {
        voting.execute("INSERT INTO poll (id, question, revote) VALUES ('%s', 'Which?', 'final') ON CONFLICT DO NOTHING"
                .formatted(poll));
        voting.execute("INSERT INTO poll_option (poll_id, key, label, position) VALUES ('%s', '%s', 'New', 2)"
                .formatted(poll, option));
    }

    private void remove(String poll, String option) throws Exception {
        voting.execute("DELETE FROM tally WHERE poll_id = '%s' AND choice = '%s'".formatted(poll, option));
        voting.execute("DELETE FROM poll_option WHERE poll_id = '%s' AND key = '%s'".formatted(poll, option));
    }

    private boolean hasBeenTried(StreamEntryID entry, int times) {
        return voting
                .redis()
                .xpending(RedisNames.BALLOTS, RedisNames.GROUP, XPendingParams.xPendingParams(entry, entry, 1))
                .stream()
                .anyMatch(pending -> pending.getDeliveredTimes() >= times);
    }

    @Test
    void theyAreRecordedOnceItIsAndTheOthersDoNotWaitForThem() throws Exception {
        StreamEntryID toAPoll = voting.cast(LATER, Voting.voter(), "a");
        StreamEntryID toAnOption = voting.cast(Voting.FINAL, Voting.voter(), "c");
        voting.cast(Voting.FINAL, Voting.voter(), "a");
        eventually().until(() -> hasBeenTried(toAPoll, 3) && hasBeenTried(toAnOption, 3));
        for (int i = 0; i < 300; i++) {
            voting.cast(Voting.FINAL, Voting.voter(), "b");
        }
        eventually().until(() -> voting.waiting() == 2);
        assertThat(voting.tally(Voting.FINAL)).isEqualTo(Map.of("a", 1L, "b", 300L));

        register(LATER, "a");
        register(Voting.FINAL, "c");
        eventually().until(() -> voting.waiting() == 0);
        assertThat(voting.tally(LATER)).isEqualTo(Map.of("a", 1L));
        assertThat(voting.tally(Voting.FINAL)).isEqualTo(Map.of("a", 1L, "b", 300L, "c", 1L));
        assertThat(voting.rejected()).isEmpty();
        assertThat(voting.count("rejected")).isZero();
    }

    /** Over the border of the steps in which they are brought, and again once Redis has lost them. */
    @Test
    void codesArePublishedBeforeTheRulesOfTheirPollAndAgainAfterRedisLostThem() throws Exception {
        voting.redis().set(RedisNames.codes(CODED), "where codes cannot be written");
        voting.execute("INSERT INTO poll (id, question, revote, needs_code) VALUES ('%s', 'Who?', 'final', true)"
                .formatted(CODED));
        voting.execute("""
                INSERT INTO voter_code_batch (id, poll_id, codes) VALUES ('new', '%1$s', 2001);
                INSERT INTO voter_code SELECT 'new', sha256(i::text::bytea) FROM generate_series(1, 2001) i;
                INSERT INTO voter_code_batch (id, poll_id, codes, revoked_at) VALUES ('old', '%1$s', 1, now());
                INSERT INTO voter_code VALUES ('old', sha256('old'))
                """.formatted(CODED));
        try {
            assertThatPublishingFallsBehind();
            assertThat(voting.redis().exists(RedisNames.poll(CODED)))
                    .as("rules without codes")
                    .isFalse();
            voting.redis().del(RedisNames.codes(CODED));

            eventually().until(() -> areCodesPublished() && isCodePublished());
            eventually()
                    .until(() -> probe.metric("polls_unpublished") == 0
                            && probe.metric("polls_publishing_behind_seconds") < 3);
            assertThat(voting.redis().hget(RedisNames.poll(CODED), PollHash.NEEDS_CODE))
                    .isEqualTo("1");
            assertThat(voting.redis().hget(RedisNames.DEFINITIONS, "poll:" + CODED))
                    .contains("\"needsCode\":true");
            assertThat(voting.redis().hlen(RedisNames.codes(CODED)))
                    .as("without those of the revoked batch")
                    .isEqualTo(2_003);

            voting.redis().flushAll();

            eventually().until(this::areCodesPublished);
            voting.execute("UPDATE voter_code_batch SET revoked_at = now() WHERE id = 'new'");
            eventually().until(() -> CodeHash.OUT.equals(voting.redis().hget(RedisNames.codes(CODED), "batch:new")));
        } finally {
            voting.execute("""
                    DELETE FROM voter_code;
                    DELETE FROM voter_code_batch;
                    DELETE FROM poll WHERE id = '%s'
                    """.formatted(CODED));
        }
    }

    /** A look comes each second, so the worker has tried several times by then. */
    private void assertThatPublishingFallsBehind() throws Exception {
        eventually()
                .until(() ->
                        probe.metric("polls_unpublished") > 0 && probe.metric("polls_publishing_behind_seconds") > 3);
        assertThat(probe.get("/health/ready").body())
                .containsPattern("\"unpublished\":[1-9]")
                .containsPattern("\"behind-ms\":[1-9]\\d{3}");
    }

    private boolean areCodesPublished() {
        boolean rules = voting.redis().exists(RedisNames.poll(CODED));
        boolean codes = CodeHash.IN.equals(voting.redis().hget(RedisNames.codes(CODED), "batch:new"));
        assertThat(codes || !rules).as("codes before rules").isTrue();
        return rules;
    }

    private boolean isCodePublished() throws SQLException {
        return voting.rows("SELECT code_published FROM poll WHERE id = '%s'".formatted(CODED))
                .equals(List.of(List.of("t")));
    }

    @Test
    void aClosedPollIsFinalOnceNothingWaitsAndALaterBallotCountsAllTheSame() throws Exception {
        String finalAt = "SELECT final_at FROM poll WHERE id = 'cats-vs-dogs'";
        try {
            castAnHourAgo();
            voting.execute("UPDATE poll SET closes = now() - interval '30 minutes' WHERE id = 'cats-vs-dogs'");
            String published = RedisNames.poll(Voting.FINAL);
            eventually()
                    .until(() -> voting.redis().hexists(published, "closes")
                            && !voting.redis().hget(published, "closes").isEmpty());
            voting.redis().del(published);
            // After each publication the worker finds out whether the poll is final: by the second one it has.
            eventually().until(() -> voting.redis().exists(published));
            assertThat(voting.rows(finalAt))
                    .as("while a ballot from before the end waits")
                    .isEqualTo(List.of(List.of("null")));

            register(LATER, "a");
            eventually().until(() -> !voting.rows(finalAt).equals(List.of(List.of("null"))));
            assertThat(voting.waiting()).isZero();
            assertThat(StoresOutside.log()).contains("Poll cats-vs-dogs is final: it closed at ");

            List<List<String>> since = voting.rows(finalAt);
            for (int ballot = 1; ballot <= 2; ballot++) {
                voting.cast(Voting.FINAL, Voting.voter(), "a");
                eventually().until(() -> voting.waiting() == 0);
            }
            assertThat(voting.tally(Voting.FINAL)).isEqualTo(Map.of("a", 2L));
            assertThat(voting.rows(finalAt)).isEqualTo(since);
            assertThat(StoresOutside.log())
                    .containsOnlyOnce("Poll cats-vs-dogs was final, and further ballots were recorded");
        } finally {
            voting.execute("UPDATE poll SET closes = NULL, final_at = NULL");
        }
    }

    /** The worker was away when the organiser closed the poll, so votes were taken until it came back. */
    @Test
    void votesThatWereTakenUntilAnEarlierEndWasPublishedAreCountedBeforeThePollIsFinal() throws Exception {
        String finalAt = "SELECT final_at FROM poll WHERE id = 'cats-vs-dogs'";
        String published = RedisNames.poll(Voting.FINAL);
        try {
            StreamEntryID afterTheEnd = voting.cast(Voting.FINAL, Voting.voter(), "c");
            eventually().until(() -> hasBeenTried(afterTheEnd, 1));
            voting.execute("UPDATE poll SET closes = now() - interval '1 minute' WHERE id = 'cats-vs-dogs'");
            for (int publication = 0; publication < 2; publication++) {
                eventually().until(() -> closes(published).isPresent());
                voting.redis().del(published);
            }
            eventually().until(() -> closes(published).isPresent());
            assertThat(voting.rows(finalAt))
                    .as("while a ballot waits that was taken before the end was published")
                    .isEqualTo(List.of(List.of("null")));

            register(Voting.FINAL, "c");
            eventually().until(() -> !voting.rows(finalAt).equals(List.of(List.of("null"))));
            assertThat(voting.tally(Voting.FINAL)).isEqualTo(Map.of("c", 1L));
        } finally {
            voting.execute("UPDATE poll SET closes = NULL, final_at = NULL");
        }
    }

    private Optional<String> closes(String published) {
        return Optional.ofNullable(voting.redis().hget(published, "closes")).filter(time -> !time.isEmpty());
    }

    @Test
    void ballotsOfFinalPollsOfADeletedRoomAreDeletedAtOnce() throws Exception {
        register(LATER, "a");
        voting.cast(LATER, Voting.voter(), "a");
        eventually().until(() -> voting.tally(LATER).equals(Map.of("a", 1L)));
        voting.execute("INSERT INTO room (code, title, deleted_at) VALUES ('GNNGNN', '-', now())");
        try {
            recordInAPollThatHasBeenFinalFor("2 minutes");
            voting.execute("UPDATE poll SET room_code = 'GNNGNN' WHERE id IN ('%s', '%s')".formatted(LATER, OVER));
            eventually().until(() -> voting.recount(OVER).isEmpty());
            assertThat(withoutBallots()).as("the other is not final").containsExactly(List.of(OVER));
            assertThat(voting.recount(LATER)).isEqualTo(Map.of("a", 1L));
            String tombstone = "{\"title\":\"-\",\"polls\":[],\"deleted\":true}";
            eventually().until(() -> tombstone.equals(voting.redis().hget(RedisNames.DEFINITIONS, "room:GNNGNN")));
            eventually()
                    .until(() -> voting.rows("SELECT published_version = version FROM room WHERE code = 'GNNGNN'")
                            .equals(List.of(List.of("t"))));

            voting.execute("UPDATE poll SET closes = now() WHERE id = '%s'".formatted(LATER));
            eventually().until(() -> voting.recount(LATER).isEmpty());
            assertThat(voting.tally(LATER)).isEqualTo(Map.of("a", 1L));
        } finally {
            voting.execute("UPDATE poll SET room_code = NULL");
            voting.execute("DELETE FROM room WHERE code = 'GNNGNN'");
        }
    }

    @Test
    void ballotsOfAPollThatHasBeenFinalForLongAreDeletedAndItsTallyStays() throws Exception {
        register(LATER, "a");
        String voters = RedisNames.voters(LATER);
        for (int ballot = 0; ballot < 3; ballot++) {
            var voter = Voting.voter();
            voting.redis().hset(voters, voter.toString(), "a");
            voting.cast(LATER, voter, "a");
        }
        voting.cast(Voting.FINAL, Voting.voter(), "a");
        eventually().until(() -> voting.waiting() == 0 && voting.tally(LATER).equals(Map.of("a", 3L)));
        voting.execute("UPDATE poll SET closes = now() - interval '3 hours', final_at = now() - interval '55 minutes'"
                + " WHERE id = '%s'".formatted(LATER));
        recordInAPollThatHasBeenFinalFor("2 hours");
        eventually().until(() -> voting.recount(OVER).isEmpty());
        assertThat(withoutBallots()).as("the other one's time is not over").containsExactly(List.of(OVER));
        assertThat(voting.recount(LATER)).isEqualTo(Map.of("a", 3L));

        voting.execute("UPDATE poll SET final_at = now() - interval '2 hours' WHERE id = '%s'".formatted(LATER));
        eventually().until(() -> voting.recount(LATER).isEmpty());
        assertThat(voting.tally(LATER)).isEqualTo(Map.of("a", 3L));
        assertThat(voting.redis().exists(voters)).isFalse();
        assertThat(withoutBallots()).containsExactly(List.of(OVER), List.of(LATER));
        assertThat(voting.recount(Voting.FINAL))
                .as("of a poll that is not over")
                .isEqualTo(Map.of("a", 1L));
    }

    @Test
    void aPollThatIsBeingOpenedAgainWhenItsTimeIsOverKeepsItsBallotsAndItsVoters() throws Exception {
        register(LATER, "a");
        var voter = Voting.voter();
        voting.redis().hset(RedisNames.voters(LATER), voter.toString(), "a");
        voting.cast(LATER, voter, "a");
        eventually().until(() -> voting.tally(LATER).equals(Map.of("a", 1L)));
        eventually().until(() -> publishedVersion().equals(versions()));
        try (Connection organiser = StoresOutside.connection();
                Statement statement = organiser.createStatement()) {
            voting.execute(
                    "UPDATE poll SET closes = now() - interval '3 hours', final_at = now() - interval '59 minutes 55 seconds'"
                            + " WHERE id = '%s'".formatted(LATER));
            eventually().until(() -> publishedVersion().equals(versions()));
            organiser.setAutoCommit(false);
            statement.execute("UPDATE poll SET closes = NULL WHERE id = '%s'".formatted(LATER));
            eventually().until(() -> isOver(LATER));
            recordInAPollThatHasBeenFinalFor("2 hours");
            eventually().until(() -> voting.recount(OVER).isEmpty() || isWaitingForALock());
            organiser.commit();
        }
        eventually().until(() -> voting.recount(OVER).isEmpty());

        assertThat(withoutBallots()).containsExactly(List.of(OVER));
        assertThat(voting.recount(LATER)).isEqualTo(Map.of("a", 1L));
        assertThat(voting.redis().hgetAll(RedisNames.voters(LATER))).isEqualTo(Map.of(voter.toString(), "a"));
    }

    private boolean isOver(String poll) throws SQLException {
        return voting.rows("SELECT final_at < now() - interval '1 hour' FROM poll WHERE id = '%s'".formatted(poll))
                .equals(List.of(List.of("t")));
    }

    private boolean isWaitingForALock() throws SQLException {
        return !voting.rows("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                        + " AND query LIKE 'UPDATE poll SET ballots_deleted_at%'")
                .isEmpty();
    }

    /** The worker looks for polls whose ballots go all at once, so that what it does to this one tells what it leaves. */
    private void recordInAPollThatHasBeenFinalFor(String time) throws Exception {
        register(OVER, "a");
        voting.cast(OVER, Voting.voter(), "a");
        eventually().until(() -> voting.tally(OVER).equals(Map.of("a", 1L)));
        voting.execute(
                "UPDATE poll SET closes = now() - interval '3 hours', final_at = now() - interval '%s' WHERE id = '%s'"
                        .formatted(time, OVER));
    }

    private List<List<String>> withoutBallots() throws SQLException {
        return voting.rows("SELECT id FROM poll WHERE ballots_deleted_at IS NOT NULL ORDER BY id");
    }

    @Test
    void eachVersionOfAPollIsPublishedAlsoAfterEitherStoreLostSome() throws Exception {
        register(LATER, "a");
        eventually().until(() -> publishedVersion().equals(versions()));

        voting.execute("UPDATE poll SET question = 'Later?' WHERE id = '%s'".formatted(LATER));
        eventually().until(() -> publishedVersion().equals(versions()));
        assertThat(voting.redis().hget(RedisNames.poll(LATER), "question")).isEqualTo("Later?");

        voting.redis().del(RedisNames.poll(LATER), RedisNames.PUBLISHED);
        eventually().until(() -> publishedVersion().equals(versions()));
        assertThat(voting.redis().hget(RedisNames.poll(LATER), "question")).isEqualTo("Later?");

        voting.redis().hset(RedisNames.PUBLISHED, LATER, "99");
        eventually().until(() -> publishedVersion().equals("100") && versions().equals("100"));
        voting.execute("UPDATE poll_option SET label = 'Mended' WHERE poll_id = '%s'".formatted(LATER));
        eventually().until(() -> publishedVersion().equals("101") && versions().equals("101"));
        assertThat(voting.redis().hget(RedisNames.poll(LATER), "option:a")).isEqualTo("Mended");
    }

    private String publishedVersion() {
        return String.valueOf(voting.redis().hget(RedisNames.PUBLISHED, LATER));
    }

    /** The poll's version, and the published one where that is another. */
    private String versions() throws SQLException {
        return String.join(
                ", published ",
                voting
                        .rows(
                                "SELECT DISTINCT unnest(ARRAY[version, published_version]) FROM poll WHERE id = '%s' ORDER BY 1 DESC"
                                        .formatted(LATER))
                        .stream()
                        .map(row -> row.get(0))
                        .toList());
    }

    /** A ballot for the poll that is not registered yet. */
    private StreamEntryID castAnHourAgo() {
        Map<String, String> ballot =
                Map.of(RedisNames.POLL, LATER, RedisNames.VOTER, Voting.voter().toString(), RedisNames.CHOICE, "a");
        long anHourAgo = System.currentTimeMillis() - Duration.ofHours(1).toMillis();
        return voting.redis().xadd(RedisNames.BALLOTS, new StreamEntryID(anHourAgo, 0), ballot);
    }

    /** As after an outage of Postgres, in which vote servers were rolled to another poll and workers could not be. */
    @Test
    void oneThatIsOldWaitsAllTheSameWhereTheWorkerHasJustBegun() throws Exception {
        StreamEntryID entry = castAnHourAgo();
        eventually().until(() -> hasBeenTried(entry, 2));
        assertThat(voting.rejected()).isEmpty();

        register(LATER, "a");
        eventually().until(() -> voting.waiting() == 0);
        assertThat(voting.tally(LATER)).isEqualTo(Map.of("a", 1L));
        assertThat(voting.rejected()).isEmpty();
    }

    @Test
    void anOptionOfItsOwnPollThatAnotherWorkerRemovedIsRegisteredAgain() throws Exception {
        voting.cast(Voting.FINAL, Voting.voter(), "b");
        eventually().until(() -> voting.waiting() == 0);
        // The worker believes for some seconds that the option is there.
        voting.execute("DELETE FROM ballot");
        remove(Voting.FINAL, "b");
        voting.cast(Voting.FINAL, Voting.voter(), "b");

        eventually().until(() -> voting.waiting() == 0);
        assertThat(voting.tally(Voting.FINAL)).isEqualTo(Map.of("b", 1L));
        assertThat(voting.rejected()).isEmpty();
    }
}
