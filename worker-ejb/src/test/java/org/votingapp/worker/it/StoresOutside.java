package org.votingapp.worker.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;
import redis.clients.jedis.RedisClient;

/** The stores as a test outside the server reaches them; the server's log too. */
final class StoresOutside {

    private static final String POSTGRES_PORT = "it.postgres.port";
    private static final String REDIS_PORT = "it.redis.port";
    private static final String LOG = "it.log";

    private StoresOutside() {}

    static void tellPorts(int postgres, int redis) {
        System.setProperty(POSTGRES_PORT, String.valueOf(postgres));
        System.setProperty(REDIS_PORT, String.valueOf(redis));
    }

    static void tellLog(Path file) {
        System.setProperty(LOG, file.toString());
    }

    static Voting voting() {
        RedisClient redis = RedisClient.create("localhost", Integer.getInteger(REDIS_PORT));
        return new Voting(database(EmbeddedStores.DATABASE, EmbeddedStores.USER, EmbeddedStores.PASSWORD), redis);
    }

    /** A connection to the votes' database, for what takes more than one statement. */
    static Connection connection() throws SQLException {
        return database(EmbeddedStores.DATABASE, EmbeddedStores.USER, EmbeddedStores.PASSWORD)
                .getConnection();
    }

    /** Postgres as its superuser, in the database that nobody else uses. */
    static PGSimpleDataSource administration() {
        return database("postgres", "postgres", "postgres");
    }

    private static PGSimpleDataSource database(String name, String user, String password) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setServerNames(new String[] {"localhost"});
        dataSource.setPortNumbers(new int[] {Integer.getInteger(POSTGRES_PORT)});
        dataSource.setDatabaseName(name);
        dataSource.setUser(user);
        dataSource.setPassword(password);
        return dataSource;
    }

    static String log() throws IOException {
        return Files.readString(Path.of(System.getProperty(LOG)));
    }
}
