package org.votingapp.result.tally;

/**
 * A tally with all its encodings, which are made once for any number of clients.
 *
 * @param id rises with each tally that this server publishes; the time of publishing in milliseconds since 1970, so ids of
 *     two servers cannot be compared
 * @param tally the tally
 * @param json the JSON document
 * @param csv the CSV document
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
