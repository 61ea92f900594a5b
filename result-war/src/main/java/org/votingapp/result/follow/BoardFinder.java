package org.votingapp.result.follow;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Finds the board of any poll; looks the poll up in the store where there is no board yet ({@link StoreLookups}). Thread-safe. */
@Singleton
public class BoardFinder {

    private final TallyBoards boards;
    private final TallySource source;
    private final StoreLookups lookups;

    /** Looks polls up in this store. */
    @Inject
    public BoardFinder(TallyBoards boards, TallySource source, StoreLookups lookups) {
        this.boards = boards;
        this.source = source;
        this.lookups = lookups;
    }

    /**
     * The board of a poll; empty where there is no such poll. May block for a lookup.
     *
     * @throws NoBoardException where there is no board at the moment
     */
    public Optional<TallyBoard> find(String pollId) throws NoBoardException {
        return lookups.find(pollId, () -> boards.find(pollId), boards.unknown(), () -> lookUp(pollId));
    }

    private Optional<TallyBoard> lookUp(String pollId) throws TallyStoreException, NoBoardException {
        List<TallyReading> readings = source.read(List.of(pollId));
        return readings.isEmpty() ? Optional.empty() : Optional.of(boards.put(readings.get(0)));
    }
}
