package org.votingapp.result.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollOption;
import org.votingapp.result.ResultSettings;
import org.votingapp.result.Unavailable;
import org.votingapp.result.address.PollAddress;
import org.votingapp.result.address.PollAddresses;
import org.votingapp.result.tally.HiddenResult;
import org.votingapp.result.tally.HiddenTally;
import org.votingapp.result.tally.PublishedTally;
import org.votingapp.result.tally.ResultView;
import org.votingapp.result.tally.Standing;
import org.votingapp.result.tally.Standing.Phase;
import org.votingapp.result.tally.Standing.Place;
import org.votingapp.result.tally.Tally;
import org.votingapp.web.PageLink;
import org.votingapp.web.VotingCode;
import org.votingapp.web.language.PageLanguages;
import org.votingapp.web.language.PageText;

/**
 * The backing bean of {@code result.xhtml}: what the viewer may see of the newest tally, at the time of the request, of the poll at its {@link PollAddress}.
 * All but {@link #isThere()} and {@link #getTitle()} need a tally.
 */
@Named
@RequestScoped
public class ResultPage {

    private Optional<ResultView> newest;
    private Optional<Standing> newestStanding;
    private boolean behind;
    private boolean isStageEmpty;
    private boolean isBelowRoot;
    private String voteUrl;
    private PageText text;
    private RefreshScript refreshScript;

    /**
     * An option as the page shows it; without numbers where the result is hidden; without key and label, none.
     *
     * @param was the label that it had at first, where an organiser has corrected it since; otherwise empty
     */
    public record Row(
            String key, String label, String was, String votes, String percent, String width, boolean leads) {}

    /**
     * Takes the newest tally once, so that all parts of the page agree.
     */
    @Inject
    void show(
            PollAddresses addresses,
            ResultSettings settings,
            HttpServletRequest request,
            PageText text,
            RefreshScript refreshScript) {
        PollAddress asked = addresses.of(request);
        this.newest = asked.newest();
        this.newestStanding = newest.filter(PublishedTally.class::isInstance)
                .map(PublishedTally.class::cast)
                .map(PublishedTally::tally)
                .map(Standing::of);
        this.behind = !asked.isFresh();
        this.isStageEmpty = asked.isStageEmpty();
        this.isBelowRoot = !asked.root().isEmpty();
        this.voteUrl = voteUrl(asked, addresses.isHouse(asked), settings.votingPage(), request.getServerName());
        this.text = text;
        this.refreshScript = refreshScript;
    }

    /** The voting page is a room's. So the page of a poll by its id leads to none, unless it is the house room's. */
    private static String voteUrl(PollAddress asked, boolean isHouse, PageLink votingPage, String host) {
        return asked.room()
                .map(room -> votingPage.from(host, room.code().value()))
                .orElseGet(() -> isHouse ? votingPage.from(host) : "");
    }

    /** Sets the response's status and headers: no cache keeps the page, and the client asks again for a tally that could not be read. */
    public void describe() {
        ExternalContext response = FacesContext.getCurrentInstance().getExternalContext();
        response.setResponseHeader("Cache-Control", "no-cache");
        response.addResponseHeader("Vary", PageLanguages.VARY);
        response.setResponseHeader("Content-Security-Policy", policy());
        if (newest.isEmpty() && !isStageEmpty) {
            response.setResponseStatus(503);
            response.setResponseHeader("Retry-After", Unavailable.RETRY_SECONDS);
        }
    }

    /** The page's content security policy. */
    public String policy() {
        return isBelowRoot ? refreshScript.policyWithBase() : refreshScript.policy();
    }

    /** Whether there is a tally, be it hidden. */
    public boolean isThere() {
        return newest.isPresent();
    }

    /** The title of the document. */
    public String getTitle() {
        return newest.map(result ->
                        result.poll().question() + " – " + (phase() == Phase.FINAL ? getPhaseWords() : getTotal()))
                .orElseGet(() -> words("title.waiting"));
    }

    /** Whether there may be newer votes, since Postgres does not answer. */
    public boolean isBehind() {
        return behind;
    }

    /** The question; empty without a tally. */
    public String getQuestion() {
        return newest.map(result -> result.poll().question()).orElse("");
    }

    /** The language of the question and the labels. */
    public String getLanguage() {
        return poll().language();
    }

    /** How far the poll is, for style and script: {@code before}, {@code open}, {@code counting} or {@code final}. */
    public String getPhase() {
        return phase().key();
    }

    /** How far the poll is, in words; empty before it opens. */
    public String getPhaseWords() {
        return switch (phase()) {
            case BEFORE -> "";
            case OPEN, FINAL -> words("state." + getPhase());
            case COUNTING -> words("state.closed");
        };
    }

    /** Whether voting has closed and its last votes are being counted. */
    public boolean isCounting() {
        return phase() == Phase.COUNTING && !newest.orElseThrow().isFinal();
    }

    /** Whether this viewer may not see the result yet. */
    public boolean isHidden() {
        return hidden().isPresent();
    }

    /** When a hidden result will show, in words; empty where it shows. */
    public String getHiddenWords() {
        boolean isSoon = newest.isPresent() && phase() == Phase.COUNTING;
        return hidden().map(HiddenTally::rule)
                .map(rule -> switch (rule) {
                    case VOTED -> words(isSoon ? "waiting.heading" : "hidden.voted");
                    case CLOSED -> words(isSoon ? "waiting.heading" : "hidden.closed");
                    case LIVE, ORGANISER -> words("hidden.organiser");
                })
                .orElse("");
    }

    /** The server's time, by which scripts count down. */
    public String getNow() {
        return Instant.now().toString();
    }

    /** When the poll opens, as in the JSON document; empty where it has always been open, or where nobody knows. */
    public String getOpens() {
        return iso(poll().announcedOpening());
    }

    /** When the poll closes, as in the JSON document; empty where it never does. */
    public String getCloses() {
        return iso(poll().closes());
    }

    /** Since when the poll's ballots are gone, as in the JSON document; empty while they are kept. */
    public String getBallotsDeleted() {
        return iso(newest.orElseThrow().ballotsDeleted());
    }

    /** The same in words. */
    public String getBallotsDeletedWords() {
        return newest.orElseThrow()
                .ballotsDeleted()
                .map(time -> text.of(words("deleted"), text.time(time)))
                .orElse("");
    }

    /** When the poll opens or closes next, as in the JSON document; empty where it does not. */
    public String getWhen() {
        return iso(next());
    }

    /** The same in words; that it waits, where it does. */
    public String getWhenWords() {
        if (phase() == Phase.BEFORE && poll().waits()) {
            return words("opens.waiting");
        }
        return next().map(time -> text.of(words(phase() == Phase.BEFORE ? "opens.utc" : "closes.utc"), text.time(time)))
                .orElse("");
    }

    /** The number of all votes, in words. */
    public String getTotal() {
        return newest.orElseThrow().total() == 0 && phase() != Phase.FINAL
                ? words("votes.none")
                : votes(newest.orElseThrow().total());
    }

    /** The number of all votes. */
    public long getVotes() {
        return newest.orElseThrow().total();
    }

    /** Whether several options have the most votes. */
    public boolean isTie() {
        return newestStanding.filter(Standing::tie).isPresent();
    }

    /** What stands beside an option that leads alone. */
    public String getMark() {
        return words(phase() == Phase.FINAL ? "mark.winner" : "mark.leading");
    }

    /** The options in the order to show them. */
    public List<Row> getRows() {
        return newestStanding
                .map(standing -> standing.places().stream().map(this::row).toList())
                .orElseGet(() -> poll().options().stream()
                        .map(option -> new Row(option.key(), option.label(), was(option.key()), "", "", "0%", false))
                        .toList());
    }

    /** The final result in words, without the winner's label; empty before. */
    public String getVerdict() {
        if (phase() != Phase.FINAL) {
            return "";
        }
        return switch (newestStanding.orElseThrow().leaders()) {
            case 0 -> words("final.none");
            case 1 -> words("final.winner");
            default -> words("final.tie");
        };
    }

    /** The option that has won. */
    public Row getWinner() {
        return newestStanding.stream()
                .filter(standing -> phase() == Phase.FINAL && !standing.tie())
                .flatMap(standing -> standing.places().stream())
                .filter(Place::leads)
                .map(this::row)
                .findFirst()
                .orElse(new Row("", "", "", "", "", "", false));
    }

    /** Whether to say how to vote. */
    public boolean isInviting() {
        return !voteUrl.isEmpty() && (phase() == Phase.BEFORE || phase() == Phase.OPEN);
    }

    /** The address of the voting page; empty where no setting tells it. */
    public String getVoteUrl() {
        return voteUrl;
    }

    /** The address of the voting page as people say it. */
    public String getVoteAddress() {
        return VotingCode.spoken(voteUrl);
    }

    /** The same in parts that no line breaks. */
    public List<String> getVoteAddressParts() {
        return VotingCode.parts(getVoteAddress());
    }

    /** Whether a phone that scans the QR code reaches the voting page. */
    public boolean isCodeUseful() {
        return VotingCode.isUseful(voteUrl);
    }

    private Row row(Place place) {
        Tally.Line line = place.line();
        return new Row(
                line.key(),
                line.label(),
                was(line.key()),
                votes(line.votes()),
                place.percent().map(text::percent).orElse(""),
                line.percent().map(BigDecimal::toPlainString).orElse("0") + "%",
                place.leads());
    }

    private String was(String key) {
        return poll().option(key).flatMap(PollOption::firstLabel).orElse("");
    }

    private Optional<Instant> next() {
        return switch (phase()) {
            case BEFORE -> poll().announcedOpening();
            case OPEN -> poll().closes();
            case COUNTING, FINAL -> Optional.empty();
        };
    }

    private Poll poll() {
        return newest.orElseThrow().poll();
    }

    private Optional<HiddenTally> hidden() {
        return newest.filter(HiddenResult.class::isInstance)
                .map(HiddenResult.class::cast)
                .map(HiddenResult::hidden);
    }

    /** A hidden result is not called final before it shows. */
    private Phase phase() {
        return newestStanding
                .map(Standing::phase)
                .orElseGet(() -> Phase.of(newest.orElseThrow().state(), false));
    }

    private String votes(long number) {
        return text.of(words("votes"), number);
    }

    private String words(String key) {
        return text.sentence("result", key);
    }

    private static String iso(Optional<Instant> time) {
        return time.map(Instant::toString).orElse("");
    }
}
