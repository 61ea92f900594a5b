package org.votingapp.organiser.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** A token of the API, without what proves it. */
@Entity
@Table(name = "api_token")
public class TokenRow {

    @Id
    private long id;

    private String organiser;

    private String name;

    @Column(name = "created_at")
    private OffsetDateTime createdAt;

    @Column(name = "expires_at")
    private OffsetDateTime expiresAt;

    @Column(name = "used_at")
    private OffsetDateTime usedAt;

    /** For JPA. */
    protected TokenRow() {}

    /** Its number. */
    public long id() {
        return id;
    }

    /** Whose it is. */
    public String organiser() {
        return organiser;
    }

    /** What it is called. */
    public String name() {
        return name;
    }

    /** Since when it is. */
    public Instant createdAt() {
        return createdAt.toInstant();
    }

    /** From when on it proves nothing. */
    public Instant expiresAt() {
        return expiresAt.toInstant();
    }

    /** When it was last used. */
    public Optional<Instant> usedAt() {
        return Optional.ofNullable(usedAt).map(OffsetDateTime::toInstant);
    }
}
