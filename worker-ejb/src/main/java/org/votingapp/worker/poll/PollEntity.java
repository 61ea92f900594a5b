package org.votingapp.worker.poll;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.votingapp.poll.Hours;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollDefinition;
import org.votingapp.poll.PollOption;
import org.votingapp.poll.ResultsRule;
import org.votingapp.poll.RevoteRule;
import org.votingapp.poll.RoomCode;

/** A poll, without its options. */
@Entity
@Table(name = "poll")
public class PollEntity {

    /** The order of a room's polls. */
    static final Comparator<PollEntity> IN_ORDER =
            Comparator.comparing((PollEntity poll) -> poll.position).thenComparing(poll -> poll.id);

    @Id
    private String id;

    private String question;

    private String language;

    private String revote;

    private OffsetDateTime opens;

    private OffsetDateTime closes;

    private String results;

    private boolean configured;

    @Column(name = "configured_opens")
    private OffsetDateTime configuredOpens;

    @Column(name = "configured_closes")
    private OffsetDateTime configuredCloses;

    @Column(name = "room_code")
    private String room;

    private Integer position;

    /** A UUID, made by a default of the column. As text, since EclipseLink 4.0 reads no UUID that may be null. */
    @Column(name = "voter_key", insertable = false, updatable = false)
    private String voterKey;

    /** Counted by a trigger. */
    @Column(insertable = false, updatable = false)
    private long version;

    @Column(name = "published_version", insertable = false, updatable = false)
    private long published;

    @Column(name = "needs_code", insertable = false, updatable = false)
    private boolean needsCode;

    @Column(name = "code_published", insertable = false, updatable = false)
    private boolean codePublished;

    @Column(name = "final_at", insertable = false, updatable = false)
    private OffsetDateTime finalAt;

    @Column(name = "archived_at", insertable = false, updatable = false)
    private OffsetDateTime archivedAt;

    @Column(name = "ballots_deleted_at", insertable = false, updatable = false)
    private OffsetDateTime ballotsDeleted;

    /** For JPA. */
    protected PollEntity() {}

    /** A configured poll of the house room. */
    PollEntity(Poll poll, ResultsRule results, Hours configured) {
        this(poll, results, configured, null);
    }

    /** A configured poll of a room, without a position yet. */
    PollEntity(Poll poll, ResultsRule results, Hours configured, RoomCode room) {
        id = poll.id();
        question = poll.question();
        language = poll.language();
        revote = poll.revote().name().toLowerCase(Locale.ROOT);
        opens = atUtc(poll.opens());
        closes = atUtc(poll.closes());
        this.results = results.name().toLowerCase(Locale.ROOT);
        this.room = room == null ? null : room.value();
        configure(configured);
    }

    /** Notes the hours that configuration gives. */
    void configure(Hours hours) {
        configured = true;
        configuredOpens = atUtc(hours.opens());
        configuredCloses = atUtc(hours.closes());
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
        return new PollVersion(id, version, published, time(closes), isFinal, needsCode && !codePublished);
    }

    String id() {
        return id;
    }

    ResultsRule results() {
        return ResultsRule.valueOf(results.toUpperCase(Locale.ROOT));
    }

    Optional<RoomCode> room() {
        return Optional.ofNullable(room).map(RoomCode::new);
    }

    /** Whether it is among the polls of its room. */
    boolean isInRoom() {
        return room != null && position != null;
    }

    Optional<Instant> ballotsDeleted() {
        return time(ballotsDeleted);
    }

    /** The hours that configuration last gave; empty where it gave none. */
    Optional<Hours> configured() {
        return configured ? Optional.of(new Hours(time(configuredOpens), time(configuredCloses))) : Optional.empty();
    }

    /** Whether an organiser has put it away. */
    boolean isArchived() {
        return archivedAt != null;
    }

    boolean closesOtherwiseThan(Poll poll) {
        return !time(closes).equals(poll.closes());
    }

    void leave() {
        position = null;
    }

    void move(int newPosition) {
        position = newPosition;
    }

    PollDefinition definition(Poll poll) {
        return new PollDefinition(
                poll, results(), room(), Optional.ofNullable(voterKey).map(UUID::fromString), needsCode);
    }

    RevoteRule revote() {
        return RevoteRule.valueOf(revote.toUpperCase(Locale.ROOT));
    }
}
