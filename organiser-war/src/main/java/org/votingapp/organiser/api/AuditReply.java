package org.votingapp.organiser.api;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.votingapp.organiser.desk.AuditLine;
import org.votingapp.organiser.store.AuditRow;

/** What an organiser did, for programs. */
@Schema(name = "AuditEntry")
public class AuditReply {

    /** Its number; later ones are greater. */
    public final long id;

    /** When. */
    public final Instant at;

    /** Who, by the name that is nobody else's. */
    public final String organiser;

    /** How they were called then. */
    public final String knownAs;

    /** What, such as {@code poll.opened}. */
    public final String action;

    /** The code of the room; empty where it was done in none. */
    public final String room;

    /** The id of the poll; empty where it was done to none. */
    public final String poll;

    /** What was before, in short. */
    public final String before;

    /** What is afterwards, in short. */
    public final String after;

    AuditReply(AuditRow row) {
        id = row.id();
        at = row.at();
        organiser = row.organiser();
        knownAs = row.knownAs();
        action = row.action();
        room = row.room();
        poll = row.poll();
        before = AuditLine.of(row.action(), row.before());
        after = AuditLine.of(row.action(), row.after());
    }
}
