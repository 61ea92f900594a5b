package org.votingapp.worker.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URL;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionFactory;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/** What happens while a store is away. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class OutageIT {

    private Probe probe;

    @ArquillianResource
    private URL address;

    @Deployment
    static WebArchive worker() {
        return WorkerArchive.with("outage.war", Map.of());
    }

    @BeforeEach
    void waitForTheStart() throws Exception {
        probe = new Probe(address.toURI());
        eventually().until(() -> probe.is("ready"));
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(50));
    }

    private static void administer(String sql) throws SQLException {
        try (Connection connection = StoresOutside.administration().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void theSchemaIsMadeWithoutAnErrorInTheLog() throws Exception {
        // The same server may have run other tests before, which spoil a schema or hold a lock on it.
        assertThat(lines("(?:Unable to resolve location|flyway.* [EW] (?!Migration of schema)|Draining ballots)")
                        .findFirst())
                .hasValueSatisfying(line -> assertThat(line).contains("Draining ballots"));
    }

    @Test
    void ballotsWaitWhilePostgresIsAwayAndTheLogSaysSoInTwoLines() throws Exception {
        try (Voting voting = StoresOutside.voting()) {
            voting.reset();
            long before = lines("Postgres (?:failed|works)").count();

            administer("ALTER DATABASE voting ALLOW_CONNECTIONS false");
            try {
                administer("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'voting'");
                for (int i = 0; i < 50; i++) {
                    voting.cast(Voting.FINAL, Voting.voter(), "a");
                }
                eventually().until(() -> !probe.is("ready"));
                assertThat(probe.is("live")).isTrue();
                assertThat(probe.get("/health/ready").body())
                        .contains("SQLSTATE", " at localhost:")
                        .doesNotContain(EmbeddedStores.PASSWORD, "Exception");
                // Several tries fail in this time: they are 5 s apart at most.
                await().during(Duration.ofSeconds(6))
                        .atMost(Duration.ofSeconds(30))
                        .until(() -> voting.waiting() == 50);
            } finally {
                administer("ALTER DATABASE voting ALLOW_CONNECTIONS true");
            }

            eventually().until(() -> voting.waiting() == 0);
            assertThat(voting.tally(Voting.FINAL)).isEqualTo(Map.of("a", 50L));
            eventually().until(() -> probe.is("ready"));
            eventually()
                    .untilAsserted(() -> assertThat(
                                    lines("Postgres (?:failed|works)").skip(before))
                            .satisfiesExactly(
                                    away -> assertThat(away)
                                            .contains(" W Postgres failed: ", "; ballots wait in Redis"),
                                    back -> assertThat(back).containsPattern(" I Postgres works again after \\d+ s")));
            assertThat(StoresOutside.log()).doesNotContain(EmbeddedStores.PASSWORD);
        }
    }

    @Test
    void connectionsThatBecameReadOnlyAreReplaced() throws Exception {
        try (Voting voting = StoresOutside.voting()) {
            voting.reset();
            voting.cast(Voting.FINAL, Voting.voter(), "a");
            eventually().until(() -> voting.waiting() == 0);

            // What is said for a database counts from a connection's beginning, what is said for the system counts now.
            administer("ALTER DATABASE voting SET default_transaction_read_only = off");
            administer("ALTER SYSTEM SET default_transaction_read_only = on");
            try {
                administer("SELECT pg_reload_conf()");
                voting.cast(Voting.FINAL, Voting.voter(), "b");

                eventually().until(() -> voting.waiting() == 0);
                assertThat(voting.tally(Voting.FINAL)).isEqualTo(Map.of("a", 1L, "b", 1L));
            } finally {
                administer("ALTER SYSTEM RESET default_transaction_read_only");
                administer("SELECT pg_reload_conf()");
            }
        }
    }

    @Test
    void aWorkerThatCanReadButNotRecordIsNotReady() throws Exception {
        try (Voting voting = StoresOutside.voting()) {
            voting.reset();
            voting.execute("ALTER TABLE ballot RENAME TO mislaid");
            try {
                voting.cast(Voting.FINAL, Voting.voter(), "a");
                eventually().until(() -> !probe.is("ready"));
                assertThat(probe.get("/health/ready").body()).contains("a table is missing");
                assertThat(probe.is("live")).isTrue();
            } finally {
                voting.execute("ALTER TABLE mislaid RENAME TO ballot");
            }
            eventually().until(() -> voting.waiting() == 0 && probe.is("ready"));
        }
    }

    @Test
    void ballotsCastBeforeAndAfterAllConnectionsToRedisBrokeAreRecorded() throws Exception {
        try (Voting voting = StoresOutside.voting()) {
            voting.reset();
            for (int i = 0; i < 200; i++) {
                voting.cast(Voting.FINAL, Voting.voter(), "b");
                if (i % 50 == 25) {
                    // All but the one that says so.
                    voting.redis()
                            .executeCommand(new CommandArguments(Command.CLIENT)
                                    .addObjects("KILL", "TYPE", "normal", "SKIPME", "yes"));
                }
            }
            eventually().until(() -> voting.waiting() == 0);
            assertThat(voting.tally(Voting.FINAL)).isEqualTo(Map.of("b", 200L));
        }
    }

    private static java.util.stream.Stream<String> lines(String text) throws Exception {
        return Pattern.compile("(?m)^.*" + text + ".*$")
                .matcher(StoresOutside.log())
                .results()
                .map(MatchResult::group);
    }
}
