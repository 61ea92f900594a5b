package org.votingapp.organiser.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** What an organiser did. Nobody changes it. */
@Entity
@Table(name = "audit")
public class AuditRow {

    @Id
    private long id;

    private OffsetDateTime at;

    private String organiser;

    @Column(name = "known_as")
    private String knownAs;

    private String action;

    @Column(name = "room_code")
    private String room;

    @Column(name = "poll_id")
    private String poll;

    private String before;

    private String after;

    /** For JPA. */
    protected AuditRow() {}

    /** Its number; later ones are greater. */
    public long id() {
        return id;
    }

    /** When. */
    public Instant at() {
        return at.toInstant();
    }

    /** Who, by the name that is nobody else's. */
    public String organiser() {
        return organiser;
    }

    /** How they were called then. */
    public String knownAs() {
        return Optional.ofNullable(knownAs).orElse(organiser);
    }

    /** What, by its name such as {@code poll.opened}. */
    public String action() {
        return action;
    }

    /** The code of the room; empty where it was done in none. */
    public String room() {
        return text(room);
    }

    /** The id of the poll; empty where it was done to none. */
    public String poll() {
        return text(poll);
    }

    /** What was before, in short; empty where nothing was. */
    public String before() {
        return text(before);
    }

    /** What is afterwards, in short; empty where nothing is. */
    public String after() {
        return text(after);
    }

    private static String text(String column) {
        return Optional.ofNullable(column).orElse("");
    }
}
