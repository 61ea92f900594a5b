package org.votingapp.worker.it;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.votingapp.poll.VoterId;
import org.votingapp.runtime.redis.RedisNames;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.XReadGroupParams;
import redis.clients.jedis.resps.StreamEntry;

/** What tests do to the stores and read from them. */
final class Voting implements AutoCloseable {

    /** The configured poll: the first vote is final. */
    static final String FINAL = "cats-vs-dogs";
    /** A poll that tests add: a vote may be changed. */
    static final String CHANGEABLE = "tea-or-coffee";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final DataSource postgres;
    private final UnifiedJedis redis;

    Voting(DataSource postgres, UnifiedJedis redis) {
        this.postgres = postgres;
        this.redis = redis;
    }

    UnifiedJedis redis() {
        return redis;
    }

    static VoterId voter() {
        return VoterId.newcomer(System.currentTimeMillis(), RANDOM);
    }

    /** Empties Redis and the tables, and adds the changeable poll. */
    void reset() throws SQLException {
        redis.flushAll();
        execute("TRUNCATE ballot");
        execute("UPDATE tally SET votes = 0");
        execute("INSERT INTO poll (id, question, revote) VALUES ('tea-or-coffee', 'Tea or coffee?', 'changeable')"
                + " ON CONFLICT DO NOTHING");
        execute("INSERT INTO poll_option (poll_id, key, label, position)"
                + " VALUES ('tea-or-coffee', 'a', 'Tea', 0), ('tea-or-coffee', 'b', 'Coffee', 1)"
                + " ON CONFLICT DO NOTHING");
    }

    /** Puts a ballot on the stream, as the vote server does. */
    StreamEntryID cast(String poll, VoterId voter, String choice) {
        redis.hincrBy(RedisNames.COUNTS, RedisNames.ACCEPTED, 1);
        return redis.xadd(
                RedisNames.BALLOTS,
                StreamEntryID.NEW_ENTRY,
                Map.of(RedisNames.POLL, poll, RedisNames.VOTER, voter.toString(), RedisNames.CHOICE, choice));
    }

    /** Reads entries as a consumer that never acknowledges them. */
    List<StreamEntry> readAs(String consumer, int most) {
        var read = redis.xreadGroup(
                RedisNames.GROUP,
                consumer,
                XReadGroupParams.xReadGroupParams().count(most),
                Map.of(RedisNames.BALLOTS, StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY));
        return read == null ? List.of() : read.get(0).getValue();
    }

    /** Puts a ballot on the stream and has it read, in one step, by a consumer that never acknowledges it. */
    StreamEntryID castAndReadAs(String consumer, String poll, VoterId voter, String choice) {
        Object id = redis.eval(
                "redis.call('HINCRBY', KEYS[2], 'accepted', 1);"
                        + " local id = redis.call('XADD', KEYS[1], '*', 'poll', ARGV[3], 'voter', ARGV[4], 'choice', ARGV[5]);"
                        + " redis.call('XREADGROUP', 'GROUP', ARGV[1], ARGV[2], 'STREAMS', KEYS[1], '>');"
                        + " return id",
                List.of(RedisNames.BALLOTS, RedisNames.COUNTS),
                List.of(RedisNames.GROUP, consumer, poll, voter.toString(), choice));
        return new StreamEntryID((String) id);
    }

    /** Makes the group, unless a loop of the worker was quicker. */
    void makeGroup() {
        try {
            redis.xgroupCreate(RedisNames.BALLOTS, RedisNames.GROUP, new StreamEntryID(0, 0), true);
        } catch (JedisDataException refused) {
            if (!refused.getMessage().startsWith("BUSYGROUP")) {
                throw refused;
            }
        }
    }

    long waiting() {
        return redis.xlen(RedisNames.BALLOTS);
    }

    long count(String counter) {
        String value = redis.hget(RedisNames.COUNTS, counter);
        return value == null ? 0 : Long.parseLong(value);
    }

    List<Map<String, String>> rejected() {
        return redis.xrange(RedisNames.REJECTED, "-", "+").stream()
                .map(StreamEntry::getFields)
                .toList();
    }

    /** Votes by option, without options that have none. */
    Map<String, Long> tally(String poll) throws SQLException {
        return countBy("SELECT choice, votes FROM tally WHERE votes <> 0 AND poll_id = ?", poll);
    }

    /** Ballots by option, counted anew. */
    Map<String, Long> recount(String poll) throws SQLException {
        return countBy("SELECT choice, count(*) FROM ballot WHERE poll_id = ? GROUP BY choice", poll);
    }

    private Map<String, Long> countBy(String sql, String poll) throws SQLException {
        Map<String, Long> counts = new TreeMap<>();
        for (List<String> row : rows(sql, poll)) {
            counts.put(row.get(0), Long.valueOf(row.get(1)));
        }
        return counts;
    }

    /** The choice that is stored for each voter of a poll. */
    Map<VoterId, String> choices(String poll) throws SQLException {
        Map<VoterId, String> choices = new java.util.HashMap<>();
        for (List<String> row : rows("SELECT voter_id, choice FROM ballot WHERE poll_id = ?", poll)) {
            var uuid = java.util.UUID.fromString(row.get(0));
            choices.put(new VoterId(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits()), row.get(1));
        }
        return choices;
    }

    List<List<String>> rows(String sql, Object... parameters) throws SQLException {
        try (Connection connection = postgres.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            List<List<String>> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    List<String> row = new ArrayList<>();
                    for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                        row.add(String.valueOf(result.getString(column)));
                    }
                    rows.add(row);
                }
            }
            return rows;
        }
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = postgres.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }

    @Override
    public void close() {
        redis.close();
    }
}
