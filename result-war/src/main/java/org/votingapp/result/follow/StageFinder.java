package org.votingapp.result.follow;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.votingapp.poll.RoomCode;

/** Finds the board of any room; looks the room up in the store where there is no board yet ({@link StoreLookups}). Thread-safe. */
@Singleton
public class StageFinder {

    private final RoomBoards rooms;
    private final StageSource source;
    private final StoreLookups lookups;

    /** Looks rooms up in this store. */
    @Inject
    public StageFinder(RoomBoards rooms, StageSource source, StoreLookups lookups) {
        this.rooms = rooms;
        this.source = source;
        this.lookups = lookups;
    }

    /**
     * The board of a room; empty where there is no such room. May block for a lookup.
     *
     * @throws NoBoardException where there is no board at the moment
     */
    public Optional<RoomBoard> find(RoomCode code) throws NoBoardException {
        return lookups.find(code.value(), () -> rooms.find(code), rooms.unknown(), () -> lookUp(code));
    }

    private Optional<RoomBoard> lookUp(RoomCode code) throws TallyStoreException, NoBoardException {
        List<RoomStage> stages = source.readStages(List.of(code));
        if (stages.isEmpty()) {
            return Optional.empty();
        }
        RoomBoard board = rooms.put(code, stages.get(0).poll());
        board.delete(stages.get(0).deleted());
        return Optional.of(board);
    }
}
