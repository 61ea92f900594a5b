package org.votingapp.organiser.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.votingapp.organiser.account.CurrentOrganiser;
import org.votingapp.organiser.account.Organiser;
import org.votingapp.organiser.audience.CountedWatchers;
import org.votingapp.organiser.audience.WatcherCounter;
import org.votingapp.organiser.desk.CodeBatchView;
import org.votingapp.organiser.desk.CodeDesk;
import org.votingapp.organiser.desk.LiveDesk;
import org.votingapp.organiser.desk.LiveView;
import org.votingapp.organiser.desk.OptionView;
import org.votingapp.organiser.desk.PollDesk;
import org.votingapp.organiser.desk.PollStep;
import org.votingapp.organiser.desk.PollView;
import org.votingapp.organiser.desk.RecountDesk;
import org.votingapp.organiser.desk.RecountView;
import org.votingapp.organiser.desk.Steering;
import org.votingapp.poll.ResultsRule;
import org.votingapp.web.language.PageText;

/** The backing bean of {@code poll.xhtml}: a poll, what can be done to it now, and its votes. */
@Named
@RequestScoped
public class PollPage {

    private static final int BAD_REQUEST = 400;
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    @Inject
    private PageAnswer answer;

    @Inject
    private CurrentOrganiser current;

    @Inject
    private PollDesk polls;

    @Inject
    private Steering steering;

    @Inject
    private RoomList list;

    @Inject
    private PageText text;

    @Inject
    private RecountDesk recounts;

    @Inject
    private LiveDesk lives;

    @Inject
    private WatcherCounter watcherCounter;

    @Inject
    private CodeDesk codes;

    private PollView poll;
    private LiveView live;
    private Optional<RecountView> recount = Optional.empty();
    private Optional<CountedWatchers> watchers = Optional.empty();

    /**
     * An option with its share of the votes.
     *
     * @param width such as {@code 66.7%}
     * @param votes in words
     */
    public record Bar(OptionView option, String width, String votes) {}

    /** Does what a form asks for, and reads the poll. */
    public void prepare() {
        answer.answer(this::act, () -> {
            poll = polls.poll(current.organiser(), answer.parameter("id"));
            live = lives.live(current.organiser(), poll.id());
            recount = recounts.last(poll);
            watchers = poll.archived() ? Optional.empty() : watcherCounter.count(poll.id());
            list.choose(poll.room());
        });
    }

    private void act() {
        Organiser organiser = current.organiser();
        String id = answer.parameter("id");
        switch (answer.parameter("do")) {
            case "recount" -> {
                recounts.begin(organiser, id);
                answer.goTo("poll?id=" + id);
            }
            case "cancel" -> {
                recounts.cancel(organiser, id);
                answer.goTo("poll?id=" + id);
            }
            default -> steer(organiser, id);
        }
    }

    private void steer(Organiser organiser, String id) {
        PollView after =
                switch (answer.parameter("do")) {
                    case "open" -> steering.open(organiser, id, answer.version());
                    case "openOnStage" -> steering.openOnStage(organiser, id, answer.version());
                    case "close" -> steering.close(organiser, id, answer.version());
                    case "extend" -> steering.extend(organiser, id, answer.version());
                    case "reveal" -> steering.reveal(organiser, id, answer.version());
                    case "hide" -> steering.hide(organiser, id, answer.version());
                    case "stage" -> steering.stage(organiser, id, answer.version());
                    case "again" -> polls.askAgain(organiser, id, answer.version());
                    case "duplicate" -> polls.duplicate(organiser, id, answer.version());
                    case "archive" -> polls.archive(organiser, id, answer.version());
                    case "restore" -> polls.restore(organiser, id, answer.version());
                    default -> null;
                };
        if (after == null) {
            answer.refuse(BAD_REQUEST, "refused.unknown");
        } else {
            answer.goTo("poll?id=" + after.id());
        }
    }

    /** The poll. */
    public PollView getPoll() {
        return poll;
    }

    /**
     * What the one big button does: {@code codes} where nobody could vote without, {@code open}, {@code openOnStage} where nobody
     * would see that it is open, {@code close}, {@code reveal}; empty where there is nothing left to do.
     */
    public String getNext() {
        String open = poll.onStage() || poll.ofHouse() ? "open" : "openOnStage";
        return switch (poll.step()) {
            case WAITING, SCHEDULED -> poll.archived() ? "" : lacksCodes() ? "codes" : open;
            case OPEN -> "close";
            case COUNTING, FINAL -> isRevealable() ? "reveal" : "";
        };
    }

    private boolean lacksCodes() {
        return poll.needsCode()
                && codes.codes(current.organiser(), poll.id()).batches().stream()
                        .allMatch(CodeBatchView::revoked);
    }

    private boolean isRevealable() {
        return poll.results().rule() == ResultsRule.ORGANISER && !poll.results().revealed();
    }

    /** Whether its organiser may show the result before voting closes, and has not. */
    public boolean isRevealableEarly() {
        return poll.step() == PollStep.OPEN && isRevealable();
    }

    /** Whether a revealed result would be hidden again. */
    public boolean isHideable() {
        return poll.results().revealed();
    }

    /** Whether it may take votes again. */
    public boolean isReopenable() {
        return poll.step().isClosed() && !poll.archived() && !poll.lostBallots();
    }

    /** Whether its closing time may move. */
    public boolean isExtendable() {
        return poll.step() == PollStep.OPEN && poll.closes().isPresent();
    }

    /** Whether its ballots can be downloaded. */
    public boolean isWithBallots() {
        return poll.step() == PollStep.FINAL && !poll.lostBallots();
    }

    /** Whether the page will soon say something else, though nobody does anything. */
    public boolean isSettling() {
        return !poll.inEffect() || poll.step() == PollStep.COUNTING || isRecounting();
    }

    /** Whether the page should look for news: votes and watchers, too. */
    public boolean isMoving() {
        return isSettling() || poll.step() == PollStep.OPEN || watchers.isPresent();
    }

    /** How many watch its result, in words; empty where nobody is asked. */
    public String getWatchersWords() {
        return watchers.map(count -> count.known()
                        ? words(count.complete() ? "monitor.watchers" : "monitor.watchersAtLeast", count.watchers())
                        : text.sentence("organiser", "monitor.watchersUnknown"))
                .orElse("");
    }

    /** How it is going, by the workers' books. */
    public LiveView getLive() {
        return live;
    }

    /** Whether it has a pace to show: while it takes votes and shortly after. */
    public boolean isPaced() {
        return !live.pace().stream().allMatch(votes -> votes == 0);
    }

    /** The votes of each minute, as the points of a line. */
    public String getPaceLine() {
        return PaceLine.points(live.pace());
    }

    /** The box of that line. */
    public String getPaceBox() {
        return "0 0 " + PaceLine.WIDTH + " " + PaceLine.HEIGHT;
    }

    /** The votes of the running minute and of the busiest one, in words. */
    public String getPaceWords() {
        List<Long> pace = live.pace();
        return words("monitor.pace", pace.get(pace.size() - 1), Collections.max(pace));
    }

    /** How long ballots wait, in words; empty where nobody knows, or none comes. */
    public String getDelayWords() {
        if (poll.step() != PollStep.OPEN || live.delayMillis().isEmpty()) {
            return "";
        }
        return words("monitor.delay", Math.max(1, Math.round(live.delayMillis().getAsLong() / 100.0)) / 10.0);
    }

    /** When the books changed last, for people. */
    public String getAsOfWords() {
        return live.asOf().map(CLOCK::format).orElse("");
    }

    /** Whether all votes are counted, by the books, in words; empty before voting opens. */
    public String getCounted() {
        long votes = poll.total();
        long voters = live.voters().orElse(votes);
        boolean settled = live.pending() == 0 && live.votes().orElse(-1) == votes && !poll.lostBallots();
        return switch (poll.step()) {
            case WAITING, SCHEDULED -> "";
            case OPEN -> {
                if (voters <= votes) {
                    yield words("monitor.soFar", votes);
                }
                yield settled ? words("monitor.differ", voters, votes) : words("monitor.underway", voters - votes);
            }
            case COUNTING -> text.sentence("result", "sign.counting");
            case FINAL ->
                settled && voters != votes ? words("monitor.differ", voters, votes) : words("monitor.counted", votes);
        };
    }

    private String words(String key, Object... numbers) {
        return text.of(text.sentence("organiser", key), numbers);
    }

    /** Whether its ballots are being counted anew. */
    public boolean isRecounting() {
        return recount.filter(RecountView::running).isPresent();
    }

    /** Whether its ballots were counted anew before. */
    public boolean isRecounted() {
        return recount.isPresent() && !isRecounting();
    }

    /** The last recount, where there was one. */
    public RecountView getRecount() {
        return recount.orElse(null);
    }

    /** What it found, or how far it is, in words. */
    public String getRecountWords() {
        return recount.map(
                        last -> text.of(text.sentence("organiser", last.state().key()), last.counted(), last.tally()))
                .orElse("");
    }

    /** The options with their votes. */
    public List<Bar> getBars() {
        long most = poll.options().stream().mapToLong(OptionView::votes).max().orElse(0);
        return poll.options().stream()
                .map(option -> new Bar(option, width(option.votes(), most), votes(option.votes())))
                .toList();
    }

    private static String width(long votes, long most) {
        return (most == 0 ? 0 : Math.round(1000.0 * votes / most) / 10.0) + "%";
    }

    /** All votes, in words. */
    public String getTotal() {
        return votes(poll.total());
    }

    private String votes(long number) {
        return text.of(text.sentence("result", "votes"), number);
    }

    /** The rule by which people see the result: a key of the bundle {@code organiser}. */
    public String getRule() {
        return switch (poll.results().rule()) {
            case LIVE -> "results.live";
            case VOTED -> "results.voted";
            case CLOSED -> "results.closed";
            case ORGANISER -> "results.organiser";
        };
    }
}
