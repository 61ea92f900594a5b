package org.votingapp.result.tally;

/**
 * A tally as everybody gets it: encoded once, whatever the number of those who ask.
 *
 * @param id rises from one published tally of this server to the next, and so within a connection; the milliseconds since
 *     1970 at which this server published it, so that it says nothing about a tally of another server
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
