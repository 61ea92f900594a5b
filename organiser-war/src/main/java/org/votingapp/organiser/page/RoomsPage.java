package org.votingapp.organiser.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Map;
import org.votingapp.organiser.account.CurrentOrganiser;
import org.votingapp.organiser.desk.RoomDesk;
import org.votingapp.organiser.form.Forms;
import org.votingapp.organiser.form.RoomForm;

/** The backing bean of {@code index.xhtml}: all rooms, and a form for another one. */
@Named
@RequestScoped
public class RoomsPage {

    private static final int BAD_REQUEST = 400;

    @Inject
    private PageAnswer answer;

    @Inject
    private CurrentOrganiser current;

    @Inject
    private RoomDesk rooms;

    @Inject
    private Forms forms;

    private final RoomForm form = new RoomForm();

    /** Makes a room, where a form asks for one. */
    public void prepare() {
        answer.answer(this::make, () -> {});
    }

    private void make() {
        form.setTitle(answer.parameter("title"));
        Map<String, String> faults = forms.faults(form);
        if (faults.isEmpty()) {
            answer.goTo("room?code=" + rooms.create(current.organiser(), form).code());
        } else {
            answer.refuse(BAD_REQUEST, faults.get("title"));
        }
    }

    /** What was written. */
    public String getTitle() {
        return form.getTitle();
    }
}
