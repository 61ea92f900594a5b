package org.votingapp.worker.poll;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
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

    /** Who made it; null for a room of the file. */
    @Column(insertable = false, updatable = false)
    private String owner;

    @Column(name = "deleted_at", insertable = false, updatable = false)
    private OffsetDateTime deletedAt;

    @Column(name = "published_version", insertable = false, updatable = false)
    private long published;

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

    RoomVersion version() {
        return new RoomVersion(code(), version, published);
    }

    /** Whether an organiser made it. */
    boolean isOwned() {
        return owner != null;
    }

    boolean isDeleted() {
        return deletedAt != null;
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
        return new Room(code(), title, polls, Optional.ofNullable(stage).filter(polls::contains), isDeleted());
    }
}
