package org.votingapp.organiser.form;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.votingapp.poll.Room;

/** A room as an organiser writes it. */
@Schema(name = "RoomForm", description = "A room as an organiser writes it")
public class RoomForm {

    @OneLine(longest = Room.LONGEST_TITLE, message = "error.title")
    @Schema(description = "What people call it: 1 to 100 characters on one line", required = true)
    private String title = "";

    /** An empty form. */
    public RoomForm() {}

    /** What people call it. */
    public String getTitle() {
        return title;
    }

    /** Takes it without spaces around it. */
    public void setTitle(String written) {
        title = written == null ? null : written.strip();
    }
}
