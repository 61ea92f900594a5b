package org.votingapp.result.follow;

import java.sql.SQLException;
import java.util.Optional;

/** Where tallies are kept. */
public interface TallySource {

    /**
     * What is committed now; empty where the store is there but does not know the poll yet. May block.
     *
     * @throws SQLException where the store does not answer
     */
    Optional<Reading> read(String pollId) throws SQLException;
}
