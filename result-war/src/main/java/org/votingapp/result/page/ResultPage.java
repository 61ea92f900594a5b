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
import org.votingapp.result.follow.TallyBoard;
import org.votingapp.result.follow.Vitals;
import org.votingapp.result.tally.PublishedTally;
import org.votingapp.result.tally.Tally;

/** What the result page shows to one reader: the tally that is newest when the page is asked for. */
@Named
@RequestScoped
public class ResultPage {

    private final Optional<Tally> tally;
    private final boolean behind;
    private final String voteUrl;
    private final RefreshScript refreshScript;

    /** An option as the page shows it. */
    public record Row(String key, String label, String votes, String percent, String width) {

        static Row of(Tally.Line line) {
            String percent =
                    line.percent().map(share -> share.toPlainString() + "%").orElse("");
            return new Row(
                    line.key(), line.label(), Wording.votes(line.votes()), percent, percent.isEmpty() ? "0%" : percent);
        }
    }

    /** For the container's proxy. */
    protected ResultPage() {
        tally = Optional.empty();
        behind = false;
        voteUrl = "";
        refreshScript = null;
    }

    /** Takes what hangs on the board. */
    @Inject
    public ResultPage(
            TallyBoard board,
            Vitals vitals,
            ResultSettings settings,
            HttpServletRequest request,
            RefreshScript refreshScript) {
        this.tally = board.newest().map(PublishedTally::tally);
        this.behind = !vitals.fresh();
        this.refreshScript = refreshScript;
        this.voteUrl = settings.votingPage().from(request.getServerName());
    }

    /** Says in the response's head what the page is: not to be kept, and where there is no tally, to be asked again. */
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

    /** Whether there may be newer numbers, since Postgres does not answer. */
    public boolean isBehind() {
        return behind;
    }

    /** The title of the document. */
    public String getTitle() {
        return tally.map(there -> there.poll().question() + " – " + Wording.total(there.total()))
                .orElse("Results");
    }

    /** What was asked. */
    public String getQuestion() {
        return tally.map(there -> there.poll().question()).orElse("");
    }

    /** The language of the question and the labels. */
    public String getLanguage() {
        return tally.map(there -> there.poll().language()).orElse("");
    }

    /** All votes, in words. */
    public String getTotal() {
        return tally.map(there -> Wording.total(there.total())).orElse("");
    }

    /** The options. */
    public List<Row> getRows() {
        return tally.map(there -> there.lines().stream().map(Row::of).toList()).orElse(List.of());
    }

    /** Whether the poll takes votes, in words; empty where it simply does. */
    public String getState() {
        return tally.map(there -> Wording.state(there.state(), there.poll())).orElse("");
    }

    /** The same for scripts, as the document has it. */
    public String getStateName() {
        return tally.map(Tally::stateName).orElse("");
    }

    /** What to say before it takes votes; empty where it always has. */
    public String getStateBefore() {
        return tally.filter(there -> there.poll().opens().isPresent())
                .map(there -> Wording.state(PollState.NOT_YET_OPEN, there.poll()))
                .orElse("");
    }

    /** What to say when it takes votes. */
    public String getStateWhenOpen() {
        return tally.map(there -> Wording.state(PollState.OPEN, there.poll())).orElse("");
    }

    /** What to say when it takes none any more. */
    public String getStateWhenClosed() {
        return tally.map(there -> Wording.state(PollState.CLOSED, there.poll())).orElse("");
    }

    /** When voting begins, as the document has it; empty where it always has. */
    public String getOpens() {
        return tally.flatMap(there -> there.poll().opens())
                .map(Instant::toString)
                .orElse("");
    }

    /** When it ends, likewise. */
    public String getCloses() {
        return tally.flatMap(there -> there.poll().closes())
                .map(Instant::toString)
                .orElse("");
    }

    /** Where to vote; empty where that is not known. */
    public String getVoteUrl() {
        return voteUrl;
    }

    /** The same as people would say it. */
    public String getVoteAddress() {
        return VotingCode.spoken(voteUrl);
    }

    /** Whether a telephone that reads the code would find the voting page. */
    public boolean isCodeUseful() {
        return VotingCode.isUseful(voteUrl);
    }
}
