package org.votingapp.result.follow;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/**
 * Finds the board of any poll; looks the poll up in the store where there is no board yet. Thread-safe.
 *
 * <p>Ids come from clients, so lookups are bounded ({@link StoreLookups}), and there is none for an id that was just found to be
 * unknown.
 */
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
        Optional<TallyBoard> found = boards.find(pollId);
        return found.isPresent() || boards.unknown().contains(pollId) ? found : lookups.answer(() -> lookUp(pollId));
    }

    private Optional<TallyBoard> lookUp(String pollId) throws TallyStoreException, NoBoardException {
        // Another request may have found it meanwhile.
        Optional<TallyBoard> found = boards.find(pollId);
        if (found.isPresent() || boards.unknown().contains(pollId)) {
            return found;
        }
        List<TallyReading> readings = source.read(List.of(pollId));
        if (readings.isEmpty()) {
            boards.unknown().add(pollId);
            return Optional.empty();
        }
        return Optional.of(boards.put(readings.get(0)));
    }
}
