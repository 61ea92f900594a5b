package org.votingapp.result.tally;

/**
 * A tally as everybody gets it: encoded once, whatever the number of those who ask.
 *
 * @param id rises from one published tally to the next; milliseconds since 1970 where the clock allows, so that a
 *     watcher who is moved to another server, or to this one after a restart, does not see it fall
 * @param tally what is shown
 * @param json the JSON document
 * @param csv the same as comma-separated values
 * @param event the server-sent event; not to be changed
 */
public record PublishedTally(long id, Tally tally, Document json, Document csv, byte[] event) {

    /** Encodes a tally. */
    public static PublishedTally of(long id, Tally tally) {
        Document json = Document.of(TallyJson.encode(tally));
        return new PublishedTally(
                id,
                tally,
                json,
                Document.of(TallyCsv.encode(tally)),
                ServerSentEvents.event("tally", id, json.content()));
    }
}
