package org.votingapp.organiser.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.votingapp.poll.RoomCode;

/** A room, without its polls. */
@Entity
@Table(name = "room")
public class RoomRow {

    /** The title of a deleted room. */
    private static final String NO_TITLE = "-";

    @Id
    private String code;

    private String title;

    private String stage;

    private String owner;

    /** By a default of the column. */
    @Column(name = "created_at", insertable = false, updatable = false)
    private OffsetDateTime createdAt;

    @Column(name = "archived_at", insertable = false)
    private OffsetDateTime archivedAt;

    @Column(name = "deleted_at", insertable = false)
    private OffsetDateTime deletedAt;

    /** Counted by a trigger. */
    @Column(insertable = false, updatable = false)
    private long version;

    /** For JPA. */
    protected RoomRow() {}

    /** A room without polls. */
    public RoomRow(RoomCode code, String title, String owner) {
        this.code = code.value();
        this.title = title;
        this.owner = owner;
    }

    /** Its address. */
    public RoomCode code() {
        return new RoomCode(code);
    }

    /** What people call it. */
    public String title() {
        return title;
    }

    /** The organiser who owns it; empty for a room of the file of polls. */
    public Optional<String> owner() {
        return Optional.ofNullable(owner);
    }

    /** The id of the poll on stage. */
    public Optional<String> stage() {
        return Optional.ofNullable(stage);
    }

    /** How often it has changed. */
    public long version() {
        return version;
    }

    /** Whether it has left the list of rooms. */
    public boolean isArchived() {
        return archivedAt != null;
    }

    /** Takes it out of the list of rooms. */
    public void archive(Instant now) {
        archivedAt = PollRow.column(now);
    }

    /** Puts it back into the list of rooms. */
    public void restore() {
        archivedAt = null;
    }

    /** Whether it is gone. */
    public boolean isDeleted() {
        return deletedAt != null;
    }

    /** Gives it another title. */
    public void call(String newTitle) {
        title = newTitle;
    }

    /** Puts a poll on stage, or none. */
    public void putOnStage(Optional<String> pollId) {
        stage = pollId.orElse(null);
    }

    /** Leaves its code, which nobody is given again, and nothing else. */
    public void delete(Instant now) {
        deletedAt = PollRow.column(now);
        title = NO_TITLE;
        stage = null;
    }
}
