package org.votingapp.result.follow;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.votingapp.poll.RoomCode;

/**
 * Finds the board of any room; looks the room up in the store where there is no board yet. Bounded as {@link BoardFinder} is.
 * Thread-safe.
 */
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
        Optional<RoomBoard> found = rooms.find(code);
        return found.isPresent() || rooms.unknown().contains(code.value()) ? found : lookups.answer(() -> lookUp(code));
    }

    private Optional<RoomBoard> lookUp(RoomCode code) throws TallyStoreException, NoBoardException {
        // Another request may have found it meanwhile.
        Optional<RoomBoard> found = rooms.find(code);
        if (found.isPresent() || rooms.unknown().contains(code.value())) {
            return found;
        }
        List<RoomStage> stages = source.readStages(List.of(code));
        if (stages.isEmpty()) {
            rooms.unknown().add(code.value());
            return Optional.empty();
        }
        return Optional.of(rooms.put(code, stages.get(0).poll()));
    }
}
