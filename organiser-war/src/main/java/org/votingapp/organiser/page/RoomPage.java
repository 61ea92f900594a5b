package org.votingapp.organiser.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Map;
import org.votingapp.organiser.account.CurrentOrganiser;
import org.votingapp.organiser.account.Organiser;
import org.votingapp.organiser.desk.RoomDesk;
import org.votingapp.organiser.desk.RoomView;
import org.votingapp.organiser.form.Forms;
import org.votingapp.organiser.form.RoomForm;
import org.votingapp.poll.RoomCode;

/** The backing bean of {@code room.xhtml}: a room, its polls in order, its title, and the way to delete it. */
@Named
@RequestScoped
public class RoomPage {

    private static final int BAD_REQUEST = 400;

    @Inject
    private PageAnswer answer;

    @Inject
    private CurrentOrganiser current;

    @Inject
    private RoomDesk rooms;

    @Inject
    private RoomList list;

    @Inject
    private Forms forms;

    private final RoomForm form = new RoomForm();

    /** Does what a form asks for, and reads the room. */
    public void prepare() {
        answer.answer(this::act, () -> {
            list.choose(answer.room("code"));
            if (!answer.isPost()) {
                form.setTitle(getRoom().title());
            }
        });
    }

    private void act() {
        RoomCode code = answer.room("code");
        Organiser organiser = current.organiser();
        switch (answer.parameter("do")) {
            case "rename" -> rename(organiser, code);
            case "delete" -> {
                rooms.delete(organiser, code, answer.version(), answer.parameter("typed"));
                answer.goTo("");
            }
            case "archive" -> {
                rooms.archive(organiser, code, answer.version());
                answer.goTo("");
            }
            case "restore" -> {
                rooms.restore(organiser, code, answer.version());
                answer.goTo("room?code=" + code);
            }
            case "earlier", "later" -> {
                rooms.move(
                        organiser,
                        answer.parameter("poll"),
                        answer.parameter("do").equals("earlier"));
                answer.goTo("room?code=" + code);
            }
            default -> answer.refuse(BAD_REQUEST, "refused.unknown");
        }
    }

    private void rename(Organiser organiser, RoomCode code) {
        form.setTitle(answer.parameter("title"));
        Map<String, String> faults = forms.faults(form);
        if (faults.isEmpty()) {
            rooms.rename(organiser, code, answer.version(), form);
            answer.goTo("room?code=" + code);
        } else {
            answer.refuse(BAD_REQUEST, faults.get("title"));
        }
    }

    /** The room. */
    public RoomView getRoom() {
        return list.getRoom();
    }

    /** The title in the form. */
    public String getTitle() {
        return form.getTitle();
    }
}
