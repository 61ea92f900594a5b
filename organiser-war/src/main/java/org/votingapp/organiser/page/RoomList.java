package org.votingapp.organiser.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.votingapp.organiser.account.CurrentOrganiser;
import org.votingapp.organiser.desk.RoomDesk;
import org.votingapp.organiser.desk.RoomLine;
import org.votingapp.organiser.desk.RoomView;
import org.votingapp.poll.RoomCode;

/** The list of rooms beside every page, with the polls of the room that the page is about. */
@Named
@RequestScoped
public class RoomList {

    @Inject
    private CurrentOrganiser current;

    @Inject
    private RoomDesk rooms;

    private List<RoomLine> lines;
    private List<RoomLine> archived;
    private RoomView chosen;

    /** Opens the room that the page is about. */
    void choose(RoomCode code) {
        chosen = rooms.room(current.organiser(), code);
    }

    /** The rooms that the organiser may know. */
    public List<RoomLine> getLines() {
        if (lines == null) {
            lines = rooms.rooms(current.organiser());
        }
        return lines;
    }

    /** Those that have left the list. */
    public List<RoomLine> getArchived() {
        if (archived == null) {
            archived = rooms.archived(current.organiser());
        }
        return archived;
    }

    /** Whether the page is about this room. */
    public boolean isChosen(RoomLine line) {
        return chosen != null && chosen.code().equals(line.code());
    }

    /** The room that the page is about. */
    public RoomView getRoom() {
        return chosen;
    }
}
