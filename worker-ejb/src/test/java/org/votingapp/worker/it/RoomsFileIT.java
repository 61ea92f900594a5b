package org.votingapp.worker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.votingapp.poll.PollDefinition;
import org.votingapp.poll.ResultsRule;
import org.votingapp.poll.Room;
import org.votingapp.poll.RoomCode;
import org.votingapp.runtime.redis.Definitions;
import org.votingapp.runtime.redis.RedisNames;

/** Rooms and polls from a file, in both stores. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class RoomsFileIT {

    private static final Path FILE = Path.of("target", "it", "rooms.yaml").toAbsolutePath();
    private static final RoomCode HALL = new RoomCode("KXT4M7");

    private static final String ROOMS = """
            rooms:
              - code: KXT4M7
                title: Town hall
                polls:
                  - id: lunch
                    question: Where do we eat?
                    options: [Pizza, Sushi, Salad]
                    results: closed
                  - id: dinner
                    question: And later?
                    options: [Soup, Bread]
              - title: Annex
                polls:
                  - question: Tea or coffee?
                    options: [Tea, Coffee]
            """;

    @ArquillianResource
    private Deployer deployer;

    private Voting voting;

    @Deployment(name = "rooms", managed = false, testable = false)
    static WebArchive rooms() {
        return WorkerArchive.with("rooms.war", Map.of("polls.file", FILE.toString()));
    }

    @BeforeEach
    void open() {
        voting = StoresOutside.voting();
    }

    /** Leaves nothing to other tests. */
    @AfterEach
    void remove() throws Exception {
        String ours = "SELECT id FROM poll WHERE room_code IS NOT NULL";
        voting.execute("UPDATE room SET stage = NULL");
        for (String table : List.of("ballot", "tally", "poll_option")) {
            voting.execute("DELETE FROM %s WHERE poll_id IN (%s)".formatted(table, ours));
        }
        voting.execute("DELETE FROM poll WHERE room_code IS NOT NULL");
        voting.execute("DELETE FROM room");
        voting.redis().flushAll();
        voting.close();
    }

    private void startAndStop(String rooms, Callable<Boolean> condition) throws Exception {
        Files.createDirectories(FILE.getParent());
        Files.writeString(FILE, rooms);
        deployer.deploy("rooms");
        try {
            await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(condition);
        } finally {
            deployer.undeploy("rooms");
        }
    }

    private Optional<Room> published(RoomCode code) {
        return Optional.ofNullable(voting.redis().hget(RedisNames.DEFINITIONS, Definitions.roomField(code)))
                .map(room -> Definitions.readRoom(code, room));
    }

    private Optional<PollDefinition> published(String poll) {
        return Optional.ofNullable(voting.redis().hget(RedisNames.DEFINITIONS, Definitions.pollField(poll)))
                .map(definition -> Definitions.readPoll(poll, definition));
    }

    private boolean isQuestion(String poll, String question) {
        return published(poll)
                .filter(is -> is.poll().question().equals(question))
                .isPresent();
    }

    private static boolean logHas(String words) throws Exception {
        return StoresOutside.log().contains(words);
    }

    @Test
    void theyAreRegisteredAndPublishedAndWhatWasMadeOnceIsKept() throws Exception {
        startAndStop(ROOMS, () -> published(HALL).isPresent() && logHas("Room KXT4M7 \"Town hall\" is new"));

        assertThat(published(HALL))
                .contains(new Room(HALL, "Town hall", List.of("lunch", "dinner"), Optional.of("lunch")));
        PollDefinition lunch = published("lunch").orElseThrow();
        assertThat(lunch.results()).isEqualTo(ResultsRule.CLOSED);
        assertThat(lunch.room()).contains(HALL);
        assertThat(lunch.voterKey()).as("the key of its pseudonyms").isPresent();
        assertThat(voting.redis().hget(RedisNames.poll("lunch"), "option:c")).isEqualTo("Salad");
        assertThat(published("cats-vs-dogs").orElseThrow().room()).isEmpty();
        String all = "SELECT r.code, r.title, r.stage, r.version, p.id, p.version, p.voter_key FROM room r"
                + " JOIN poll p ON p.room_code = r.code ORDER BY r.position, p.position";
        List<List<String>> first = voting.rows(all);
        assertThat(first).hasSize(3);
        assertThat(first.get(2).get(1)).isEqualTo("Annex");

        voting.redis().flushAll();
        startAndStop(
                ROOMS,
                () -> published(HALL).isPresent()
                        && published(new RoomCode(first.get(2).get(0))).isPresent());
        assertThat(voting.rows(all)).as("after a second start").isEqualTo(first);
        assertThat(published("lunch")).contains(lunch);
    }

    @Test
    void whatChangesWhileNoWorkerRunsTakesEffectWhenOneStarts() throws Exception {
        startAndStop(ROOMS, () -> published(HALL).isPresent());
        String changed = ROOMS.replace("Where do we eat?", "Where shall we eat?")
                .replace("title: Town hall", "title: Town hall\n    stage: dinner");
        startAndStop(
                changed,
                () -> isQuestion("lunch", "Where shall we eat?")
                        && published(HALL).orElseThrow().stage().equals(Optional.of("dinner")));

        String left = changed.replaceFirst("(?s)      - id: lunch.*?results: closed\n", "");
        startAndStop(left, () -> published(HALL).orElseThrow().polls().equals(List.of("dinner")));
        assertThat(logHas("Poll lunch leaves its room and keeps its result")).isTrue();
        assertThat(voting.rows("SELECT room_code, position FROM poll WHERE id = 'lunch'"))
                .containsExactly(List.of("KXT4M7", "null"));
    }

    @Test
    void whatWouldGiveVotesAnotherMeaningIsRefusedWithTheirNumberAndChangesNothing() throws Exception {
        startAndStop(ROOMS, () -> {
            if (published("lunch").isPresent()
                    && voting.waiting() == 0
                    && voting.tally("lunch").isEmpty()) {
                voting.cast("lunch", Voting.voter(), "a");
                voting.cast("lunch", Voting.voter(), "a");
            }
            return voting.tally("lunch").equals(Map.of("a", 2L));
        });
        String swapped =
                ROOMS.replace("[Pizza, Sushi, Salad]", "[Sushi, Pizza, Salad]").replace("Annex", "Cellar");
        startAndStop(swapped, () -> logHas("Poll lunch is not started, since its votes (2 votes"));
        assertThat(voting.rows("SELECT label FROM poll_option WHERE poll_id = 'lunch' ORDER BY position"))
                .containsExactly(List.of("Pizza"), List.of("Sushi"), List.of("Salad"));
        assertThat(voting.rows("SELECT title FROM room WHERE title = 'Cellar'")).isEmpty();

        startAndStop(
                ROOMS.replace("results: closed", "results: live"),
                () -> logHas(
                        "its voters (2) would see their result shown sooner than they were told: results closed → live"));
        assertThat(voting.rows("SELECT results FROM poll WHERE id = 'lunch'")).containsExactly(List.of("closed"));
    }

    @Test
    void aRoomThatRedisHasLostIsPublishedAgain() throws Exception {
        startAndStop(ROOMS, () -> {
            if (published(HALL).isEmpty()) {
                return false;
            }
            voting.redis().del(RedisNames.DEFINITIONS, RedisNames.DEFINITION_VERSIONS, RedisNames.DEFINITION_CHANGES);
            return true;
        });
        startAndStop(
                ROOMS, () -> published(HALL).isPresent() && published("dinner").isPresent());
        voting.redis().hset(RedisNames.DEFINITION_VERSIONS, "room:KXT4M7", "99");
        startAndStop(
                ROOMS,
                () -> voting.redis()
                        .hget(RedisNames.DEFINITION_VERSIONS, "room:KXT4M7")
                        .equals("100"));
        assertThat(voting.rows("SELECT version FROM room WHERE code = 'KXT4M7'"))
                .containsExactly(List.of("100"));
    }
}
