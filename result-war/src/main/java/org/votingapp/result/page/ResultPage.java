package org.votingapp.result.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.votingapp.poll.PollState;
import org.votingapp.result.ResultSettings;
import org.votingapp.result.Unavailable;
import org.votingapp.result.follow.FollowerStatus;
import org.votingapp.result.follow.TallyBoard;
import org.votingapp.result.tally.PublishedTally;
import org.votingapp.result.tally.Tally;

/** The backing bean of {@code result.xhtml}: the newest tally at the time of the request. */
@Named
@RequestScoped
public class ResultPage {

    private Optional<Tally> tally;
    private boolean behind;
    private String voteUrl;
    private RefreshScript refreshScript;

    /** An option as the page shows it. */
    public record Row(String key, String label, String votes, String percent, String width) {

        static Row of(Tally.Line line) {
            String percent =
                    line.percent().map(share -> share.toPlainString() + "%").orElse("");
            return new Row(
                    line.key(), line.label(), Wording.votes(line.votes()), percent, percent.isEmpty() ? "0%" : percent);
        }
    }

    /** Takes the newest tally once, so that all parts of the page agree. */
    @Inject
    void show(
            TallyBoard board,
            FollowerStatus follower,
            ResultSettings settings,
            HttpServletRequest request,
            RefreshScript refreshScript) {
        this.tally = board.newest().map(PublishedTally::tally);
        this.behind = !follower.isFresh();
        this.voteUrl = settings.votingPage().from(request.getServerName());
        this.refreshScript = refreshScript;
    }

    /** Sets the response's status and headers: no cache keeps the page, and without a tally the client asks again. */
    public void describe() {
        ExternalContext response = FacesContext.getCurrentInstance().getExternalContext();
        response.setResponseHeader("Cache-Control", "no-cache");
        response.setResponseHeader("Content-Security-Policy", refreshScript.policy());
        if (tally.isEmpty()) {
            response.setResponseStatus(503);
            response.setResponseHeader("Retry-After", Unavailable.RETRY_SECONDS);
        }
    }

    /** Whether there is a tally to show. */
    public boolean isThere() {
        return tally.isPresent();
    }

    /** Whether there may be newer votes, since Postgres does not answer. */
    public boolean isBehind() {
        return behind;
    }

    /** The title of the document. */
    public String getTitle() {
        return tally.map(there -> there.poll().question() + " – " + Wording.total(there.total()))
                .orElse("Results");
    }

    /** The question; empty without a tally. */
    public String getQuestion() {
        return tally.map(there -> there.poll().question()).orElse("");
    }

    /** The language of the question and the labels; empty without a tally. */
    public String getLanguage() {
        return tally.map(there -> there.poll().language()).orElse("");
    }

    /** The number of all votes, in words. */
    public String getTotal() {
        return tally.map(there -> Wording.total(there.total())).orElse("");
    }

    /** The options. */
    public List<Row> getRows() {
        return tally.map(there -> there.lines().stream().map(Row::of).toList()).orElse(List.of());
    }

    /** The state of the poll, in words; empty where it is open without an end. */
    public String getState() {
        return tally.map(there -> Wording.state(there.state(), there.poll())).orElse("");
    }

    /** The state for scripts, as in the JSON document. */
    public String getStateName() {
        return tally.map(Tally::stateName).orElse("");
    }

    /** The words before the poll opens; empty where it has always been open. */
    public String getStateBefore() {
        return tally.filter(there -> there.poll().opens().isPresent())
                .map(there -> Wording.state(PollState.NOT_YET_OPEN, there.poll()))
                .orElse("");
    }

    /** The words while the poll is open. */
    public String getStateWhenOpen() {
        return tally.map(there -> Wording.state(PollState.OPEN, there.poll())).orElse("");
    }

    /** The words after the poll closed. */
    public String getStateWhenClosed() {
        return tally.map(there -> Wording.state(PollState.CLOSED, there.poll())).orElse("");
    }

    /** When the poll opens, as in the JSON document; empty where it has always been open. */
    public String getOpens() {
        return tally.flatMap(there -> there.poll().opens())
                .map(Instant::toString)
                .orElse("");
    }

    /** When the poll closes, as in the JSON document; empty where it never does. */
    public String getCloses() {
        return tally.flatMap(there -> there.poll().closes())
                .map(Instant::toString)
                .orElse("");
    }

    /** The address of the voting page; empty where no setting tells it. */
    public String getVoteUrl() {
        return voteUrl;
    }

    /** The address of the voting page as people say it. */
    public String getVoteAddress() {
        return VotingCode.spoken(voteUrl);
    }

    /** Whether a phone that scans the QR code reaches the voting page. */
    public boolean isCodeUseful() {
        return VotingCode.isUseful(voteUrl);
    }
}
