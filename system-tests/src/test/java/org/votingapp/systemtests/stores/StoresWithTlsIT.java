package org.votingapp.systemtests.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.votingapp.runtime.postgres.PostgresTls;
import org.votingapp.stack.LocalStack;
import org.votingapp.stack.StackDescription;
import org.votingapp.stack.TestStacks;
import org.votingapp.stack.liberty.ServerKind;
import org.votingapp.systemtests.shared.BesideOthers;
import org.votingapp.systemtests.shared.VoteClient;
import org.votingapp.testsupport.tls.CertificateAuthority;
import org.votingapp.testsupport.tls.IssuedCertificate;

/** The three servers with TLS to Postgres and Redis, and certificates of a private authority. */
@BesideOthers
class StoresWithTlsIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static CertificateAuthority authority;
    private static Path folder;
    private static LocalStack stack;
    private static TlsFront redis;

    @BeforeAll
    static void start() throws Exception {
        folder = TestStacks.newFolder();
        authority = new CertificateAuthority(folder.resolve("authority"), "stores");
        String another = new CertificateAuthority(folder.resolve("another"), "another").pem();
        Files.writeString(folder.resolve("known.pem"), authority.pem());
        Files.writeString(folder.resolve("another.pem"), another);
        Files.writeString(folder.resolve("old-and-new.pem"), another + "# from tomorrow on:\r\n" + authority.pem());
        Files.writeString(folder.resolve("new-and-old.pem"), authority.pem() + another);
        IssuedCertificate certificate = authority.issue("localhost");
        Path key = Files.writeString(folder.resolve("localhost.key"), certificate.privateKey());
        // Postgres refuses a key that others may read.
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        redis = new TlsFront(certificate);
        stack = TestStacks.open(TestStacks.describe()
                .postgres("ssl", "on")
                .postgres("ssl_cert_file", certificate.file().toString())
                .postgres("ssl_key_file", key.toString())
                // As in components/managed-stores; the worker's JVM trusts the authority.
                .set("DB_HOST", "localhost")
                .set("DB_SSLMODE", "verify-full")
                .set("REDIS_URL", "rediss://localhost:" + redis.port())
                .set(ServerKind.WORKER, "JVM_ARGS", "-XX:TieredStopAtLevel=1 " + authority.trustedByTheJvm())
                // As in components/tls, while one authority replaces another.
                .set(ServerKind.RESULT, "DB_SSLROOTCERT", file("new-and-old"))
                .set(ServerKind.VOTE, "REDIS_SSLROOTCERT", file("old-and-new")));
        redis.leadTo(stack.redis().port());
        stack.start(TestStacks.START_LIMIT);
    }

    @AfterAll
    static void end() throws Exception {
        stack.close();
        redis.close();
    }

    private static String file(String name) {
        return folder.resolve(name + ".pem").toString();
    }

    @Test
    void votesTravelWithTheJvmsTrustStoreAndWithABundleOfTwoAuthorities() throws Exception {
        VoteClient client = new VoteClient(stack.vote());
        assertThat(client.castByApi("a").status()).isEqualTo(201);

        await().atMost(Duration.ofSeconds(30))
                .until(() -> get(stack.result().uri("/api/results")).contains("\"total\":1"));
        try (Connection connection = stack.postgres().connectAsSuperuser();
                Statement statement = connection.createStatement();
                ResultSet plain =
                        statement.executeQuery("SELECT count(*) FROM pg_stat_activity JOIN pg_stat_ssl USING (pid)"
                                + " WHERE application_name LIKE 'voting%' AND NOT ssl")) {
            plain.next();
            assertThat(plain.getInt(1))
                    .as("connections of the servers without TLS")
                    .isZero();
        }
    }

    @Test
    void aRedisUnderAnotherNameIsNotTrusted() throws Exception {
        StackDescription description = TestStacks.describe()
                .set("REDIS_URL", "rediss://127.0.0.1:" + redis.port())
                .set(ServerKind.VOTE, "REDIS_SSLROOTCERT", file("known"));
        try (LocalStack other = TestStacks.open(description)) {
            other.vote().start();
            await().atMost(TestStacks.START_LIMIT)
                    .ignoreExceptions()
                    .until(() -> get(other.vote().uri("/health/ready")).contains("certificate is not trusted"));
        }
    }

    /** PostgreSQL, "SSL Mode Descriptions", and the remark on {@code require} below them. */
    @ParameterizedTest
    @CsvSource({
        "disable, '', 127.0.0.1, false",
        "allow, '', 127.0.0.1, false",
        "prefer, '', 127.0.0.1, true",
        "require, '', 127.0.0.1, true",
        "require, known, 127.0.0.1, true",
        "verify-ca, known, 127.0.0.1, true",
        "verify-ca, old-and-new, 127.0.0.1, true",
        "verify-full, known, localhost, true",
        "verify-full, old-and-new, localhost, true",
        "verify-full, new-and-old, localhost, true",
    })
    void aModeConnects(String mode, String file, String host, boolean encrypted) throws SQLException {
        try (Connection connection = connect(mode, file, host);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")) {
            row.next();
            assertThat(row.getBoolean("ssl")).isEqualTo(encrypted);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "require, another, localhost",
        "verify-ca, another, localhost",
        "verify-full, another, localhost",
        "verify-full, known, 127.0.0.1",
        "verify-full, old-and-new, 127.0.0.1",
        "verify-full, '', localhost",
        "verify-full, system, localhost",
    })
    void aModeRefuses(String mode, String file, String host) {
        assertThatThrownBy(() -> connect(mode, file, host).close())
                .isInstanceOf(SQLException.class)
                .hasMessageMatching(".*(PKIX path|could not be verified).*");
    }

    /** Connects as the servers do (datasources.xml). */
    private static Connection connect(String mode, String file, String host) throws SQLException {
        Map<String, String> told = stack.settings(ServerKind.WORKER);
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {host});
        source.setPortNumbers(new int[] {stack.postgres().port()});
        source.setDatabaseName(told.get("DB_NAME"));
        source.setUser(told.get("DB_USER"));
        source.setPassword(told.get("DB_PASSWORD"));
        source.setSslMode(mode);
        source.setSslRootCert(file.isEmpty() || file.equals("system") ? file : file(file));
        source.setSslfactory(PostgresTls.class.getName());
        return source.getConnection();
    }

    private static String get(URI uri) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }
}
