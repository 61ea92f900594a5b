package org.votingapp.systemtests.faults;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.stack.LocalStack;
import org.votingapp.stack.liberty.LibertyPart;
import org.votingapp.testsupport.checker.Stored.Counts;
import org.votingapp.testsupport.checker.Stored.StoredBallot;
import redis.clients.jedis.Jedis;

/** Reads the stores of a stack. */
final class StoredReader {

    private static final Pattern METRIC = Pattern.compile("^ballots_([a-z]+)\\{[^}]*} (\\S+)", Pattern.MULTILINE);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private final LocalStack stack;

    StoredReader(LocalStack stack) {
        this.stack = stack;
    }

    List<StoredBallot> ballots() throws SQLException {
        List<StoredBallot> ballots = new ArrayList<>();
        try (Connection connection = stack.postgres().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT voter_id, choice FROM ballot")) {
            while (rows.next()) {
                ballots.add(new StoredBallot(rows.getObject(1, UUID.class), rows.getString(2)));
            }
        }
        return ballots;
    }

    /** The key of the poll's pseudonyms; empty where ballots carry voters' own ids. */
    Optional<UUID> voterKey() throws SQLException {
        try (Connection connection = stack.postgres().connect();
                Statement statement = connection.createStatement();
                ResultSet poll = statement.executeQuery("SELECT voter_key FROM poll")) {
            poll.next();
            return Optional.ofNullable(poll.getString(1)).map(UUID::fromString);
        }
    }

    Map<String, Long> tally() throws SQLException {
        try (Connection connection = stack.postgres().connect()) {
            return Witness.tally(connection);
        }
    }

    /** The number of pending ballots. */
    long pending() {
        try (Jedis redis = stack.redis().connect()) {
            return redis.xlen(RedisNames.BALLOTS);
        }
    }

    /** The counts from the stores and from the metrics of each of these workers. */
    Map<String, Counts> counts(long recorded, List<LibertyPart> workers) throws IOException, InterruptedException {
        Map<String, Counts> counts = new TreeMap<>();
        counts.put("the stores", inStores(recorded));
        for (LibertyPart worker : workers) {
            counts.put("/metrics of " + worker.name(), ofWorker(worker));
        }
        return counts;
    }

    /** The counts from the stores. */
    Counts inStores(long recorded) {
        try (Jedis redis = stack.redis().connect()) {
            Map<String, String> counts = redis.hgetAll(RedisNames.COUNTS);
            return new Counts(
                    Long.parseLong(counts.getOrDefault(RedisNames.ACCEPTED, "0")),
                    recorded,
                    Long.parseLong(counts.getOrDefault(RedisNames.DUPLICATE, "0")),
                    Long.parseLong(counts.getOrDefault(RedisNames.REJECTED_COUNT, "0")),
                    redis.xlen(RedisNames.BALLOTS));
        }
    }

    private Counts ofWorker(LibertyPart worker) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(worker.uri("/metrics"))
                .timeout(Duration.ofSeconds(5))
                .build();
        Map<String, Long> metrics = new TreeMap<>();
        Matcher metric =
                METRIC.matcher(http.send(request, BodyHandlers.ofString()).body());
        while (metric.find()) {
            metrics.put(metric.group(1), (long) Double.parseDouble(metric.group(2)));
        }
        return new Counts(
                metrics.getOrDefault("accepted", -1L),
                metrics.getOrDefault("recorded", -1L),
                metrics.getOrDefault("duplicate", -1L),
                metrics.getOrDefault("rejected", -1L),
                metrics.getOrDefault("pending", -1L));
    }
}
