package org.votingapp.systemtests.hardening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.stack.LocalStack;
import org.votingapp.stack.StackDescription;
import org.votingapp.stack.TestStacks;
import org.votingapp.stack.liberty.ServerKind;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * The complete rights of each Redis user: {@code ACL DRYRUN} checks every command of this Redis on a key of each kind,
 * without running it.
 */
class RedisRightsIT {

    private static final String NO_KEY = "-";
    private static final List<String> KEYS = List.of(
            RedisNames.BALLOTS,
            RedisNames.REJECTED,
            RedisNames.COUNTS,
            RedisNames.voters("cats-vs-dogs"),
            RedisNames.codes("cats-vs-dogs"),
            "{0}:rate:192.0.2.1",
            "{0}:probe",
            RedisNames.poll("cats-vs-dogs"),
            RedisNames.PUBLISHED,
            RedisNames.DEFINITIONS,
            RedisNames.DEFINITION_VERSIONS,
            RedisNames.DEFINITION_CHANGES,
            "{0}:other");

    /** Redis allows these to everybody, whatever the rules. */
    private static final String ALWAYS = "auth hello quit reset";

    private static final String DEFINES = "eval evalsha hget hgetall hset zadd zrange";

    private static LocalStack stack;

    @BeforeAll
    static void start() {
        StackDescription description = TestStacks.describe();
        for (ServerKind kind : ServerKind.values()) {
            description.count(kind, 0);
        }
        stack = TestStacks.open(description);
        stack.redis().start();
        stack.redis().awaitReady(Duration.ofSeconds(30));
    }

    @AfterAll
    static void end() {
        stack.close();
    }

    @Test
    void theVoteServersUserAddsBallotsAndReadsChoices() {
        assertThat(allowed("vote"))
                .isEqualTo(table(
                        NO_KEY,
                        ALWAYS + " client|setname ping script|load time",
                        RedisNames.BALLOTS,
                        "evalsha xadd",
                        RedisNames.COUNTS,
                        "evalsha hincrby",
                        RedisNames.voters("cats-vs-dogs"),
                        "evalsha hget hlen hset",
                        RedisNames.codes("cats-vs-dogs"),
                        "evalsha hget",
                        "{0}:rate:192.0.2.1",
                        "evalsha expire incr ttl",
                        "{0}:probe",
                        "set",
                        RedisNames.poll("cats-vs-dogs"),
                        "evalsha hget hgetall hmget",
                        RedisNames.DEFINITIONS,
                        "hmget",
                        RedisNames.DEFINITION_CHANGES,
                        "zrange"));
    }

    @Test
    void theWorkersUserDrains() {
        assertThat(allowed("worker"))
                .isEqualTo(table(
                        NO_KEY,
                        ALWAYS + " client|setname discard exec multi ping time",
                        RedisNames.BALLOTS,
                        "eval evalsha exists xack xautoclaim xdel xgroup|create xgroup|delconsumer xinfo|consumers"
                                + " xinfo|groups xlen xpending xrange xreadgroup xtrim",
                        RedisNames.REJECTED,
                        "eval evalsha xadd xrevrange",
                        RedisNames.COUNTS,
                        "eval evalsha hincrby hmget",
                        RedisNames.voters("cats-vs-dogs"),
                        "hlen unlink",
                        RedisNames.codes("cats-vs-dogs"),
                        "eval evalsha hmget hset hsetnx unlink",
                        RedisNames.poll("cats-vs-dogs"),
                        "eval evalsha hget hgetall hmget hset",
                        RedisNames.PUBLISHED,
                        "eval evalsha hget hgetall hmget hset",
                        RedisNames.DEFINITIONS,
                        DEFINES,
                        RedisNames.DEFINITION_VERSIONS,
                        DEFINES,
                        RedisNames.DEFINITION_CHANGES,
                        DEFINES));
    }

    @Test
    void withoutAPasswordOnlyPingIsAllowed() {
        assertThat(allowed("probe")).isEqualTo(table(NO_KEY, ALWAYS + " ping"));
    }

    /** The rules hold inside scripts, for declared and undeclared keys. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "return redis.call('EXPIRE', KEYS[1], 1)",
                "return redis.call('SET', KEYS[1], 'x')",
                "return redis.call('XDEL', '{0}:ballots', '0-1')",
                "return redis.call('DEL', '{0}:ballots')",
                "return redis.call('RENAME', '{0}:ballots', '{0}:other')"
            })
    void aScriptOfItsOwnGivesAVoteServerNoFurtherRights(String script) {
        try (Jedis administrator = stack.redis().connect();
                Jedis vote = stack.redis().connectAs(ServerKind.VOTE)) {
            administrator.xadd(RedisNames.BALLOTS, StreamEntryID.NEW_ENTRY, Map.of("kept", "yes"));
            long before = administrator.xlen(RedisNames.BALLOTS);
            String digest = vote.scriptLoad(script);

            assertThatThrownBy(() -> vote.evalsha(digest, List.of(RedisNames.BALLOTS), List.of()))
                    .isInstanceOf(JedisDataException.class)
                    .hasMessageContaining("The user executing the script can't");
            assertThat(administrator.xlen(RedisNames.BALLOTS)).isEqualTo(before);
            assertThat(administrator.ttl(RedisNames.BALLOTS)).isEqualTo(-1);
        }
    }

    private static Map<String, Set<String>> table(String... keysAndCommands) {
        Map<String, Set<String>> table = new TreeMap<>();
        for (int i = 0; i < keysAndCommands.length; i += 2) {
            table.put(keysAndCommands[i], new TreeSet<>(List.of(keysAndCommands[i + 1].split(" "))));
        }
        return table;
    }

    /** The commands a user may run, by kind of key; under {@link #NO_KEY} those without a key. */
    private static Map<String, Set<String>> allowed(String user) {
        Map<String, Set<String>> allowed = new TreeMap<>();
        try (Jedis redis = stack.redis().connect()) {
            List<String> commands = texts(redis.sendCommand(Command.COMMAND, "LIST"));
            assertThat(commands).hasSizeGreaterThan(350);
            for (String command : commands) {
                if (commands.stream().noneMatch(other -> other.startsWith(command + "|"))) {
                    calls(redis, command).forEach((key, call) -> {
                        if (isAllowed(redis, user, call)) {
                            allowed.computeIfAbsent(key, none -> new TreeSet<>())
                                    .add(command);
                        }
                    });
                }
            }
        }
        return allowed;
    }

    /** One call for each kind of key, or one without a key. */
    private static Map<String, List<String>> calls(Jedis redis, String command) {
        List<String> words = List.of(command.split("\\|"));
        List<?> facts = (List<?>) ((List<?>) redis.sendCommand(Command.COMMAND, "INFO", command)).get(0);
        int arguments = Math.abs(Math.toIntExact((Long) facts.get(1))) - words.size();
        Map<String, List<String>> calls = new TreeMap<>();
        for (String key : KEYS) {
            shapes(key, arguments)
                    .map(shape -> Stream.concat(words.stream(), shape.stream()).toList())
                    .filter(call -> names(redis, key, call))
                    .findFirst()
                    .ifPresent(call -> calls.put(key, call));
        }
        if (calls.isEmpty()) {
            calls.put(
                    NO_KEY,
                    Stream.concat(words.stream(), Collections.nCopies(arguments, "x").stream())
                            .toList());
        }
        return calls;
    }

    /** The arguments of commands: keys, a number and keys, something and both, or those of XREAD. */
    private static Stream<List<String>> shapes(String key, int arguments) {
        return Stream.of(
                Collections.nCopies(arguments, key),
                behind(List.of("1"), key, arguments),
                behind(List.of("x", "1"), key, arguments),
                List.of("STREAMS", key, "0"),
                List.of("GROUP", "x", "x", "STREAMS", key, ">"));
    }

    private static List<String> behind(List<String> first, String key, int arguments) {
        List<String> all = new ArrayList<>(first);
        all.addAll(Collections.nCopies(Math.max(1, arguments - first.size()), key));
        return all;
    }

    private static boolean names(Jedis redis, String key, List<String> call) {
        try {
            return texts(redis.sendCommand(Command.COMMAND, with("GETKEYS", call)))
                    .contains(key);
        } catch (JedisDataException noKeyOrNoSuchCall) {
            return false;
        }
    }

    private static boolean isAllowed(Jedis redis, String user, List<String> call) {
        List<String> all = new ArrayList<>(List.of("DRYRUN", user));
        all.addAll(call);
        String answer = text(redis.sendCommand(Command.ACL, all.toArray(String[]::new)));
        assertThat(answer).as("%s", call).containsPattern("^OK$|has no permissions");
        return answer.equals("OK");
    }

    private static String[] with(String first, List<String> others) {
        return Stream.concat(Stream.of(first), others.stream()).toArray(String[]::new);
    }

    private static List<String> texts(Object list) {
        return ((List<?>) list).stream().map(RedisRightsIT::text).collect(Collectors.toList());
    }

    private static String text(Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.UTF_8);
    }
}
