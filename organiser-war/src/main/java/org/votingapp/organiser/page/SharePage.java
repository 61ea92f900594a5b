package org.votingapp.organiser.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.votingapp.organiser.desk.PollView;
import org.votingapp.organiser.desk.RoomView;

/** The backing bean of {@code share.xhtml} and {@code poster.xhtml}: a room's address as a link, a code and a poster. */
@Named
@RequestScoped
public class SharePage {

    @Inject
    private PageAnswer answer;

    @Inject
    private RoomList list;

    /** Reads the room. */
    public void prepare() {
        answer.answer(() -> answer.refuse(400, "refused.unknown"), () -> list.choose(answer.room("code")));
    }

    /** The room. */
    public RoomView getRoom() {
        return list.getRoom();
    }

    /** The poll on stage; null where there is none. */
    public PollView getStaged() {
        return getRoom().polls().stream().filter(PollView::onStage).findFirst().orElse(null);
    }
}
