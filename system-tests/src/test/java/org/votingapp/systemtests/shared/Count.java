package org.votingapp.systemtests.shared;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.votingapp.poll.Pseudonyms;
import org.votingapp.poll.VoterId;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.stack.LocalStack;
import redis.clients.jedis.Jedis;

/** The votes by option of the house room's poll, from each place that has them: ballots, tally table, API, CSV. */
public final class Count {

    private static final String OF_HOUSE = "poll_id IN (SELECT id FROM poll WHERE room_code IS NULL)";

    private final LocalStack stack;
    private final VoteClient http;

    public Count(LocalStack stack) {
        this.stack = stack;
        this.http = new VoteClient(stack.vote());
    }

    /** Counted from the ballots. */
    public Map<String, Long> ballots() throws SQLException {
        return query("SELECT choice, count(*) FROM ballot WHERE " + OF_HOUSE + " GROUP BY choice");
    }

    /** From the tally table. */
    public Map<String, Long> tallyTable() throws SQLException {
        return query("SELECT choice, votes FROM tally WHERE votes > 0 AND " + OF_HOUSE);
    }

    private Map<String, Long> query(String sql) throws SQLException {
        Map<String, Long> votes = new TreeMap<>();
        try (Connection connection = stack.postgres().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                votes.put(rows.getString(1), rows.getLong(2));
            }
        }
        return votes;
    }

    /** From the results API, without options that have no vote. */
    public Map<String, Long> api() throws IOException, InterruptedException {
        Map<String, Long> votes = new TreeMap<>();
        for (JsonElement option : results().getAsJsonArray("options")) {
            JsonObject one = option.getAsJsonObject();
            if (one.get("votes").getAsLong() > 0) {
                votes.put(one.get("key").getAsString(), one.get("votes").getAsLong());
            }
        }
        return votes;
    }

    /** The results document. */
    public JsonObject results() throws IOException, InterruptedException {
        return JsonParser.parseString(http.get(stack.result().uri("/api/results")))
                .getAsJsonObject();
    }

    /** From the CSV, without options that have no vote. */
    public Map<String, Long> csv() throws IOException, InterruptedException {
        Map<String, Long> votes = new TreeMap<>();
        http.get(stack.result().uri("/api/results.csv")).lines().skip(1).forEach(line -> {
            String[] fields = line.split(",");
            // A label may contain a comma, so count the fields from the end.
            long number = Long.parseLong(fields[fields.length - 2]);
            if (number > 0) {
                votes.put(fields[0], number);
            }
        });
        return votes;
    }

    /** The choice that Postgres holds of a voter, in any poll. */
    public Optional<String> choiceOf(VoterId voter) throws SQLException {
        try (Connection connection = stack.postgres().connect();
                PreparedStatement polls = connection.prepareStatement("SELECT id, voter_key FROM poll");
                PreparedStatement ballots =
                        connection.prepareStatement("SELECT choice FROM ballot WHERE poll_id = ? AND voter_id = ?");
                ResultSet poll = polls.executeQuery()) {
            while (poll.next()) {
                ballots.setString(1, poll.getString(1));
                ballots.setObject(
                        2, nameOf(voter, Optional.ofNullable(poll.getString(2)).map(UUID::fromString)));
                try (ResultSet ballot = ballots.executeQuery()) {
                    if (ballot.next()) {
                        return Optional.of(ballot.getString(1));
                    }
                }
            }
            return Optional.empty();
        }
    }

    private static UUID nameOf(VoterId voter, Optional<UUID> pollKey) {
        return pollKey.map(key -> Pseudonyms.withKey(key).of(voter))
                .orElse(voter)
                .toUuid();
    }

    /** The number of ballots pending in Redis. */
    public long waiting() {
        try (Jedis redis = stack.redis().connect()) {
            return redis.xlen(RedisNames.BALLOTS);
        }
    }
}
