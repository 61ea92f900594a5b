package org.votingapp.organiser.server;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.votingapp.testsupport.server.MigratedPostgres;

/** A Postgres with the worker's schema and the organiser server's role. */
final class OrganiserDatabase extends MigratedPostgres {

    /** A new database in a folder, not yet started. */
    OrganiserDatabase(Path folder, int port) {
        super(folder, port, "voting_organiser", "writes-rooms-and-polls");
    }

    /** The first column of the first row, as text. */
    String text(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getString(1) : "";
        }
    }

    /** For tests that hold a lock, too. */
    @Override
    protected Connection connect() throws SQLException {
        return super.connect();
    }
}
