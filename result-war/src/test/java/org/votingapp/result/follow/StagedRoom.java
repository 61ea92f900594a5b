package org.votingapp.result.follow;

import java.util.Optional;
import org.votingapp.poll.RoomCode;

/** A room to test with, whose stage a test changes. */
public final class StagedRoom {

    private final RoomBoard board;

    /** Has this poll on stage. */
    public StagedRoom(String code, String poll) {
        this.board = new RoomBoard(new RoomCode(code), Optional.of(poll), System::nanoTime);
    }

    /** Its board. */
    public RoomBoard board() {
        return board;
    }

    /** Puts another poll on stage. */
    public void stage(String poll) {
        board.show(Optional.of(poll));
    }
}
