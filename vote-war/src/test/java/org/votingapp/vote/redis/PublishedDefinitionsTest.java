package org.votingapp.vote.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.votingapp.poll.PollDefinition;
import org.votingapp.poll.ResultsRule;
import org.votingapp.poll.Room;
import org.votingapp.poll.RoomCode;
import org.votingapp.runtime.redis.Definitions;
import org.votingapp.runtime.redis.LuaScript;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.vote.casting.BallotBox.Published;
import org.votingapp.vote.casting.TestPolls;

/** What a vote server reads of the definitions that {@code define.lua} writes, in a real Redis. */
class PublishedDefinitionsTest {

    private static final LuaScript DEFINE = LuaScript.named("define.lua");
    private static final RoomCode CODE = new RoomCode("KXT4M7");
    private static final UUID KEY = new UUID(1, 2);

    @RegisterExtension
    private final TestRedis redis = new TestRedis();

    private final PublishedDefinitions definitions = new PublishedDefinitions();
    private final List<String> told = new ArrayList<>();
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord line) {
            told.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        Logger.getLogger(PublishedDefinitions.class.getName()).addHandler(listener);
    }

    @AfterEach
    void listenNoMore() {
        Logger.getLogger(PublishedDefinitions.class.getName()).removeHandler(listener);
    }

    @Test
    void whatIsPublishedIsReadOnceAndWhatChangesAgain() {
        Room room = new Room(CODE, "Town hall", List.of("lunch"), Optional.of("lunch"));
        define(1, lunch());
        define(Definitions.roomField(CODE), 1, Definitions.write(room));

        Published first = read(0);
        assertThat(first.polls()).containsExactly(lunch());
        assertThat(first.rooms()).containsExactly(room);
        assertThat(first.last()).isTrue();
        Published nothing = read(first.until());
        assertThat(nothing).isEqualTo(new Published(List.of(), List.of(), first.until(), true));

        PollDefinition changed =
                new PollDefinition(lunch().poll(), ResultsRule.CLOSED, Optional.of(CODE), Optional.of(KEY));
        define(2, changed);
        Published second = read(first.until());
        assertThat(second.polls()).containsExactly(changed);
        assertThat(second.rooms()).isEmpty();
        assertThat(second.until()).isGreaterThan(first.until());
    }

    @Test
    void manyDefinitionsAreReadInPartsAndNoneIsMissed() {
        int polls = 2 * PublishedDefinitions.TOGETHER + 1;
        for (int poll = 0; poll < polls; poll++) {
            define(1, definition("poll-" + poll));
        }
        List<String> ids = new ArrayList<>();
        Published part = read(0);
        part.polls().forEach(definition -> ids.add(definition.poll().id()));
        while (!part.last()) {
            assertThat(part.polls()).hasSize(PublishedDefinitions.TOGETHER);
            part = read(part.until());
            part.polls().forEach(definition -> ids.add(definition.poll().id()));
        }

        assertThat(ids).hasSize(polls).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "poll:lunch/{}",
                "poll:lunch/nonsense",
                "poll:Lunch!/{\"question\":\"?\",\"language\":\"en\",\"options\":[{\"key\":\"a\",\"label\":\"A\"},{\"key\":\"b\",\"label\":\"B\"}],\"revote\":\"final\",\"results\":\"live\"}",
                "poll:lunch/{\"question\":\"?\",\"language\":\"en\",\"options\":[{\"key\":\"a;b\",\"label\":\"A\"},{\"key\":\"b\",\"label\":\"B\"}],\"revote\":\"final\",\"results\":\"live\"}",
                "poll:lunch/{\"question\":\"?\",\"language\":\"en\",\"options\":[{\"key\":\"a\",\"label\":\"A\"}],\"revote\":\"final\",\"results\":\"live\"}",
                "room:KXT4M7/{\"polls\":[]}",
                "room:KXT4M7/{\"title\":\"\",\"polls\":[]}",
                "elsewhere/{}"
            })
    void aMalformedDefinitionIsLeftOutAndToldOnce(String malformed) {
        String field = malformed.substring(0, malformed.indexOf('/'));
        define(field, 1, malformed.substring(malformed.indexOf('/') + 1));
        define(1, definition("dinner"));

        for (int reading = 0; reading < 3; reading++) {
            Published published = read(0);
            assertThat(published.polls()).containsExactly(definition("dinner"));
            assertThat(published.rooms()).isEmpty();
        }
        assertThat(told).singleElement().satisfies(line -> assertThat(line).contains(field, "It is left out"));
    }

    /** The key would join ballots with voters. */
    @Test
    void theLogOfAMalformedDefinitionDoesNotHoldItsKey() {
        define("poll:lunch", 1, "{\"question\":1,\"voterKey\":\"" + KEY + "\"}");
        read(0);

        assertThat(told).singleElement().satisfies(line -> assertThat(line).doesNotContain(KEY.toString()));
    }

    @Test
    void aDefinitionOfAbsurdLengthIsLeftOut() {
        define(
                "poll:lunch",
                1,
                Definitions.write(lunch()).replaceFirst("\\{", "{\"x\":\"" + "x".repeat(100_000) + "\","));

        assertThat(read(0).polls()).isEmpty();
        assertThat(told).hasSize(1);
    }

    private Published read(long since) {
        return definitions.read(redis.client(), since);
    }

    private static PollDefinition lunch() {
        return definition("lunch");
    }

    private static PollDefinition definition(String id) {
        return new PollDefinition(TestPolls.named(id), ResultsRule.LIVE, Optional.of(CODE), Optional.of(KEY));
    }

    private void define(int version, PollDefinition definition) {
        define(Definitions.pollField(definition.poll().id()), version, Definitions.write(definition));
    }

    private void define(String field, int version, String definition) {
        DEFINE.run(
                redis.client(),
                List.of(RedisNames.DEFINITIONS, RedisNames.DEFINITION_VERSIONS, RedisNames.DEFINITION_CHANGES),
                List.of(field, String.valueOf(version), definition));
    }
}
