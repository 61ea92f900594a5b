package org.votingapp.organiser.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Voter codes of a poll that were made at once; their hashes are for the workers alone. */
@Entity
@Table(name = "voter_code_batch")
public class CodeBatchRow {

    @Id
    private String id;

    @Column(name = "poll_id")
    private String pollId;

    private int codes;

    @Column(name = "made_at")
    private OffsetDateTime madeAt;

    @Column(name = "revoked_at")
    private OffsetDateTime revokedAt;

    /** For JPA. */
    protected CodeBatchRow() {}

    /** Its id. */
    public String id() {
        return id;
    }

    /** How many codes it has. */
    public int codes() {
        return codes;
    }

    /** When they were made. */
    public Instant madeAt() {
        return madeAt.toInstant();
    }

    /** Whether they are revoked. */
    public boolean isRevoked() {
        return revokedAt != null;
    }
}
