package org.votingapp.worker.poll;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollOption;
import org.votingapp.poll.RevoteRule;

/** A poll, without its options. */
@Entity
@Table(name = "poll")
public class PollEntity {

    @Id
    private String id;

    private String question;

    private String language;

    private String revote;

    private OffsetDateTime opens;

    private OffsetDateTime closes;

    /** Counted by a trigger. */
    @Column(insertable = false, updatable = false)
    private long version;

    @Column(name = "published_version", insertable = false, updatable = false)
    private long published;

    @Column(name = "final_at", insertable = false, updatable = false)
    private OffsetDateTime finalAt;

    /** For JPA. */
    protected PollEntity() {}

    PollEntity(Poll poll) {
        id = poll.id();
        question = poll.question();
        language = poll.language();
        revote = poll.revote().name().toLowerCase(Locale.ROOT);
        opens = atUtc(poll.opens());
        closes = atUtc(poll.closes());
    }

    private static OffsetDateTime atUtc(Optional<Instant> time) {
        return time.map(instant -> instant.atOffset(ZoneOffset.UTC)).orElse(null);
    }

    /** The poll with these options. */
    Poll withOptions(List<PollOption> options) {
        return new Poll(id, question, language, options, revote(), time(opens), time(closes));
    }

    private static Optional<Instant> time(OffsetDateTime column) {
        return Optional.ofNullable(column).map(OffsetDateTime::toInstant);
    }

    PollVersion version() {
        boolean isFinal = finalAt != null && closes != null && !finalAt.isBefore(closes);
        return new PollVersion(id, version, published, time(closes), isFinal);
    }

    String id() {
        return id;
    }

    RevoteRule revote() {
        return RevoteRule.valueOf(revote.toUpperCase(Locale.ROOT));
    }
}
