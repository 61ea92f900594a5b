package org.votingapp.organiser.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.OptionalLong;
import org.votingapp.organiser.account.CurrentOrganiser;
import org.votingapp.organiser.account.Organiser;
import org.votingapp.organiser.desk.PollStep;
import org.votingapp.organiser.desk.PollView;
import org.votingapp.organiser.desk.RoomView;
import org.votingapp.organiser.desk.Steering;
import org.votingapp.poll.ResultsRule;
import org.votingapp.web.SecurityHeadersFilter;

/**
 * The backing bean of {@code present.xhtml}: a room's present mode in a frame, and beside it what steers the poll on stage. The
 * result server knows no organiser, and the projector shows what everybody sees.
 */
@Named
@RequestScoped
public class PresenterPage {

    private static final int BAD_REQUEST = 400;

    @Inject
    private PageAnswer answer;

    @Inject
    private CurrentOrganiser current;

    @Inject
    private Steering steering;

    @Inject
    private RoomList list;

    @Inject
    private PublicLinks links;

    private PollView staged;

    /** Does what a form asks for, and reads the room. */
    public void prepare() {
        answer.answer(this::act, () -> {
            list.choose(answer.room("code"));
            staged = getRoom().polls().stream()
                    .filter(PollView::onStage)
                    .findFirst()
                    .orElse(null);
            if (!getScreen().isEmpty()) {
                FacesContext.getCurrentInstance()
                        .getExternalContext()
                        .setResponseHeader(
                                "Content-Security-Policy", SecurityHeadersFilter.policyWithFrame(links.resultOrigin()));
            }
        });
    }

    private void act() {
        Organiser organiser = current.organiser();
        String id = answer.parameter("id");
        PollView after =
                switch (answer.parameter("do")) {
                    case "open" -> steering.open(organiser, id, answer.version());
                    case "close" -> steering.close(organiser, id, answer.version());
                    case "reveal" -> steering.reveal(organiser, id, answer.version());
                    case "hide" -> steering.hide(organiser, id, answer.version());
                    case "next" -> steering.stage(organiser, answer.parameter("next"), OptionalLong.empty());
                    case "previous" -> steering.stage(organiser, answer.parameter("previous"), OptionalLong.empty());
                    default -> null;
                };
        if (after == null) {
            answer.refuse(BAD_REQUEST, "refused.unknown");
        } else {
            answer.goTo("present?code=" + after.room());
        }
    }

    /** The room. */
    public RoomView getRoom() {
        return list.getRoom();
    }

    /** The poll on stage; null where there is none. */
    public PollView getStaged() {
        return staged;
    }

    /** Present mode; empty where no setting tells its address. */
    public String getScreen() {
        return links.screen(getRoom().code());
    }

    /** The poll after the one on stage; null where there is none. */
    public PollView getNext() {
        return neighbour(1);
    }

    /** The poll before the one on stage; null where there is none. */
    public PollView getPrevious() {
        return neighbour(-1);
    }

    private PollView neighbour(int way) {
        List<PollView> polls = getRoom().polls();
        int at = polls.indexOf(staged) + way;
        return staged == null || staged.ofHouse() || at < 0 || at >= polls.size() ? null : polls.get(at);
    }

    /** What the key for voting does: {@code open} or {@code close}; empty where voting cannot open again. */
    public String getTurn() {
        if (staged.step() == PollStep.OPEN) {
            return "close";
        }
        return staged.lostBallots() ? "" : "open";
    }

    /** Its words: a key of the bundle {@code organiser}. */
    public String getTurnKey() {
        if (staged.step() == PollStep.OPEN) {
            return "act.close";
        }
        return staged.step().isClosed() ? "act.openAgain" : "act.open";
    }

    /** What the key for the result does: {@code reveal} or {@code hide}; empty where the poll's rule alone decides. */
    public String getShow() {
        if (staged.results().revealed()) {
            return "hide";
        }
        return staged.results().rule() == ResultsRule.ORGANISER ? "reveal" : "";
    }
}
