package org.votingapp.organiser.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.votingapp.poll.Poll;
import org.votingapp.poll.ResultsPolicy;
import org.votingapp.poll.ResultsRule;
import org.votingapp.poll.RevoteRule;
import org.votingapp.poll.RoomCode;

/** A poll, without its options. */
@Entity
@Table(name = "poll")
public class PollRow {

    @Id
    private String id;

    private String question;

    private String language;

    private String revote;

    private String results;

    private boolean revealed;

    private OffsetDateTime opens;

    private OffsetDateTime closes;

    @Column(name = "room_code", updatable = false)
    private String room;

    private Integer position;

    @Column(updatable = false)
    private int round;

    @Column(name = "asked_before", updatable = false)
    private String askedBefore;

    @Column(name = "archived_at", insertable = false)
    private OffsetDateTime archivedAt;

    @Column(name = "final_at", insertable = false)
    private OffsetDateTime finalAt;

    @Column(name = "needs_code")
    private boolean needsCode;

    @Column(name = "code_published", insertable = false, updatable = false)
    private boolean codePublished;

    /** Counted by a trigger. */
    @Column(insertable = false, updatable = false)
    private long version;

    @Column(name = "published_version", insertable = false, updatable = false)
    private long publishedVersion;

    @Column(name = "published_at", insertable = false, updatable = false)
    private OffsetDateTime publishedAt;

    @Column(name = "ballots_deleted_at", insertable = false, updatable = false)
    private OffsetDateTime ballotsDeletedAt;

    /** For JPA. */
    protected PollRow() {}

    /**
     * A new poll at the end of a room.
     *
     * @param round 1, or more where it is asked again
     * @param askedBefore the id of the poll of the round before
     */
    public PollRow(String id, RoomCode room, int position, int round, Optional<String> askedBefore) {
        this.id = id;
        this.room = room.value();
        this.position = position;
        this.round = round;
        this.askedBefore = askedBefore.orElse(null);
    }

    static OffsetDateTime column(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    private static Optional<Instant> time(OffsetDateTime column) {
        return Optional.ofNullable(column).map(OffsetDateTime::toInstant);
    }

    /**
     * Takes over all that voters see of a poll but its options, and its hours.
     *
     * @param codes whether it takes votes with codes alone
     */
    public void take(Poll poll, ResultsRule rule, boolean codes) {
        needsCode = codes;
        question = poll.question();
        language = poll.language();
        revote = poll.revote().name().toLowerCase(Locale.ROOT);
        results = rule.word();
        opens = poll.opens().map(PollRow::column).orElse(null);
        closes = poll.closes().map(PollRow::column).orElse(null);
    }

    /** Lets it take votes from now on; it closes at its time, where that is still to come. */
    public void open(Instant now) {
        if (closes != null && !closes.toInstant().isAfter(now)) {
            closes = null;
            finalAt = null;
        }
        if (opens != null && opens.toInstant().isAfter(now)) {
            opens = column(now);
        }
    }

    /** Lets it take no more votes. */
    public void close(Instant now) {
        closes = column(now);
    }

    /** Closes it for good, whether it was ever open or not. */
    public void end(Instant now) {
        if (opens != null && !opens.toInstant().isBefore(now)) {
            opens = column(now.minusMillis(1));
        }
        if (closes == null || closes.toInstant().isAfter(now)) {
            close(now);
        }
        revealed = false;
    }

    /** Takes over who sees the result when. */
    public void follow(ResultsRule rule) {
        results = rule.word();
    }

    /** Moves its closing time. */
    public void closeAt(Optional<Instant> time) {
        closes = time.map(PollRow::column).orElse(null);
    }

    /** Shows its result whatever its rule says, or no more than its rule says. */
    public void reveal(boolean shown) {
        revealed = shown;
    }

    /** Takes it out of the list of its room. */
    public void archive(Instant now) {
        archivedAt = column(now);
        position = null;
    }

    /** Puts it back into the list of its room. */
    public void restore(int newPosition) {
        archivedAt = null;
        position = newPosition;
    }

    /** Places it among the polls of its room. */
    public void move(int newPosition) {
        position = newPosition;
    }

    /** Its id. */
    public String id() {
        return id;
    }

    /** Its room; empty for a poll of the house room. */
    public Optional<RoomCode> room() {
        return Optional.ofNullable(room).map(RoomCode::new);
    }

    /** What is asked. */
    public String question() {
        return question;
    }

    /** The language of question and labels. */
    public String language() {
        return language;
    }

    /** What a further vote does. */
    public RevoteRule revote() {
        return RevoteRule.valueOf(revote.toUpperCase(Locale.ROOT));
    }

    /** Who sees the result when. */
    public ResultsPolicy results() {
        return new ResultsPolicy(ResultsRule.valueOf(results.toUpperCase(Locale.ROOT)), revealed);
    }

    /** Whether it takes votes with codes alone. */
    public boolean needsCode() {
        return needsCode;
    }

    /** Whether the cast script knows that it does. */
    public boolean isCodePublished() {
        return codePublished;
    }

    /** When it opens. */
    public Optional<Instant> opens() {
        return time(opens);
    }

    /** Whether it opens when its organiser opens it. */
    public boolean waits() {
        return opens().filter(Poll.WAITING::equals).isPresent();
    }

    /** When it closes. */
    public Optional<Instant> closes() {
        return time(closes);
    }

    /** Its place among the polls of its room; empty where it has left the list. */
    public Optional<Integer> position() {
        return Optional.ofNullable(position);
    }

    /** How often its question has been asked, this time included. */
    public int round() {
        return round;
    }

    /** The id of the poll of the round before. */
    public Optional<String> askedBefore() {
        return Optional.ofNullable(askedBefore);
    }

    /** Whether it has been archived. */
    public boolean isArchived() {
        return archivedAt != null;
    }

    /** Since when its result is final; empty where it is not. */
    public Optional<Instant> finalAt() {
        return time(finalAt).filter(time -> closes().isPresent() && !time.isBefore(closes().get()));
    }

    /** Whether nobody knows any more who has voted. */
    public boolean hasLostItsBallots() {
        return ballotsDeletedAt != null;
    }

    /** How often what voters see of it has changed. */
    public long version() {
        return version;
    }

    /** The version that vote servers go by; 0 where they know none. */
    public long publishedVersion() {
        return publishedVersion;
    }

    /** Since when they do. */
    public Optional<Instant> publishedAt() {
        return time(publishedAt);
    }
}
