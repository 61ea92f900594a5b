package org.votingapp.worker.poll;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.List;
import java.util.Optional;
import org.votingapp.poll.Room;
import org.votingapp.poll.RoomCode;

/** A room, without its polls. */
@Entity
@Table(name = "room")
public class RoomEntity {

    @Id
    private String code;

    private String title;

    private int position;

    private String stage;

    /** Counted by a trigger. */
    @Column(insertable = false, updatable = false)
    private long version;

    /** For JPA. */
    protected RoomEntity() {}

    RoomEntity(RoomCode code) {
        this.code = code.value();
    }

    RoomCode code() {
        return new RoomCode(code);
    }

    long version() {
        return version;
    }

    void place(String newTitle, int newPosition) {
        title = newTitle;
        position = newPosition;
    }

    void putOnStage(Optional<String> pollId) {
        stage = pollId.orElse(null);
    }

    /** The room with these polls; a poll that is not among them is not on stage. */
    Room withPolls(List<String> polls) {
        return new Room(code(), title, polls, Optional.ofNullable(stage).filter(polls::contains));
    }
}
