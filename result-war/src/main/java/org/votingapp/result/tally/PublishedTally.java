package org.votingapp.result.tally;

import java.time.Instant;
import java.util.Optional;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollState;

/**
 * A tally with the encodings that many clients get, which are made once.
 *
 * @param id as {@link ResultView#id} says
 * @param tally the tally
 * @param json the JSON document
 * @param event the server-sent event; not to be changed
 */
public record PublishedTally(long id, Tally tally, Document json, byte[] event) implements ResultView {

    /** Encodes a tally. */
    public static PublishedTally of(long id, Tally tally) {
        Document json = Document.of(TallyJson.encode(tally));
        return new PublishedTally(id, tally, json, ServerSentEvents.event("tally", id, json.content()));
    }

    /** The CSV document, made for whoever asks: streams send none. */
    public Document csv() {
        return Document.of(TallyCsv.encode(tally));
    }

    @Override
    public Poll poll() {
        return tally.poll();
    }

    @Override
    public PollState state() {
        return tally.state();
    }

    @Override
    public boolean isFinal() {
        return tally.isFinal();
    }

    @Override
    public Optional<Instant> ballotsDeleted() {
        return tally.ballotsDeleted();
    }

    @Override
    public long total() {
        return tally.total();
    }
}
