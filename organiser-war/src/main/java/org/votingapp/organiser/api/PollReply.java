package org.votingapp.organiser.api;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.votingapp.organiser.desk.PollView;

/** A poll with its votes, for programs. A member that is null is left out of the document. */
@Schema(name = "Poll")
public class PollReply {

    /** Names it. */
    public final String id;

    /** The code of its room; {@code house} for the house room. */
    public final String room;

    /** What is asked. */
    public final String question;

    /** The language of question and labels. */
    public final String language;

    /** In order. */
    public final List<OptionReply> options;

    /** What a further vote does: {@code final} or {@code changeable}. */
    public final String revote;

    /** Who sees the result when: {@code live}, {@code voted}, {@code closed} or {@code organiser}. */
    public final String results;

    /** Whether its organiser has revealed the result. */
    public final boolean revealed;

    /** When it opens. */
    public final Instant opens;

    /** When it closes. */
    public final Instant closes;

    /** How far it has come: {@code waiting}, {@code scheduled}, {@code open}, {@code counting} or {@code final}. */
    public final String state;

    /** Whether voters of its room see it. */
    public final boolean onStage;

    /** Whether it is archived. */
    public final boolean archived;

    /** Whether it takes votes with codes alone. */
    public final boolean needsCode;

    /** How often it has been asked. */
    public final int round;

    /** The poll of the round before. */
    public final String askedBefore;

    /** All recorded votes. */
    public final long total;

    /** How often it has changed; for {@code If-Match}. */
    public final long version;

    /** Whether vote servers go by this version. */
    public final boolean inEffect;

    /** Since when they do. */
    public final Instant inEffectSince;

    /** Since when the result is final. */
    public final Instant finalAt;

    PollReply(PollView poll) {
        id = poll.id();
        room = poll.room().value();
        question = poll.question();
        language = poll.language();
        options = poll.options().stream().map(OptionReply::new).toList();
        revote = poll.revote().name().toLowerCase(Locale.ROOT);
        results = poll.results().rule().word();
        revealed = poll.results().revealed();
        opens = poll.opens().orElse(null);
        closes = poll.closes().orElse(null);
        state = poll.step().word();
        onStage = poll.onStage();
        archived = poll.archived();
        needsCode = poll.needsCode();
        round = poll.round();
        askedBefore = poll.askedBefore().orElse(null);
        total = poll.total();
        version = poll.version();
        inEffect = poll.inEffect();
        inEffectSince = poll.inEffect() ? poll.publishedAt().orElse(null) : null;
        finalAt = poll.finalAt().orElse(null);
    }
}
