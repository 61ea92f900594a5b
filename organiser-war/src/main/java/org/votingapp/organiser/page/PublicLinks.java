package org.votingapp.organiser.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.votingapp.organiser.desk.PollView;
import org.votingapp.organiser.settings.OrganiserSettings;
import org.votingapp.poll.RoomCode;
import org.votingapp.poll.VoterCode;
import org.votingapp.web.VotingCode;

/** The addresses at which voters and watchers find a room; empty where no setting tells them. */
@Named
@RequestScoped
public class PublicLinks {

    @Inject
    private OrganiserSettings settings;

    @Inject
    private PageAnswer answer;

    /** The voting page of a room. */
    public String vote(RoomCode room) {
        return settings.votingPage().from(answer.host(), path(room));
    }

    /**
     * The voting page of a room with a voter's code. The code is behind {@code #}, so that no browser sends it before its vote: it
     * is in no log, no referrer, and no preview uses it.
     */
    public String voteWith(RoomCode room, VoterCode code) {
        String page = vote(room);
        return page.isEmpty() ? "" : page.split("#", 2)[0] + "#" + code.written();
    }

    /** The voting page as people say it. */
    public String spoken(RoomCode room) {
        return VotingCode.spoken(vote(room));
    }

    /** Present mode of a room, with keys that steer its polls where result servers know this one. */
    public String present(RoomCode room) {
        String screen = screen(room);
        return screen.isEmpty() || !settings.framesPresentMode() ? screen : "present?code=" + room;
    }

    /** Present mode of a room, as everybody sees it. */
    public String screen(RoomCode room) {
        String path = path(room);
        return settings.resultPage().from(answer.host(), path.isEmpty() ? "present" : path + "/present");
    }

    /** The result page of a poll. */
    public String result(PollView poll) {
        return settings.resultPage().from(answer.host(), poll.ofHouse() ? "" : "polls/" + poll.id());
    }

    /** The origin of the result pages. */
    public String resultOrigin() {
        return settings.resultPage().originFrom(answer.host());
    }

    private static String path(RoomCode room) {
        return room.equals(RoomCode.HOUSE) ? "" : room.value();
    }
}
