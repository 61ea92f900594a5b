package org.votingapp.organiser.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.votingapp.organiser.account.CurrentOrganiser;
import org.votingapp.organiser.account.Organiser;
import org.votingapp.organiser.desk.AuditLog;
import org.votingapp.organiser.desk.ChangedMeanwhileException;
import org.votingapp.organiser.desk.OptionView;
import org.votingapp.organiser.desk.PollDesk;
import org.votingapp.organiser.desk.PollView;
import org.votingapp.organiser.form.Forms;
import org.votingapp.organiser.form.PollForm;
import org.votingapp.organiser.store.AuditRow;
import org.votingapp.poll.Poll;
import org.votingapp.web.language.PageLanguage;
import org.votingapp.web.language.PageText;

/** The backing bean of {@code write.xhtml}: the form for a new poll of a room, or for one that is there. */
@Named
@RequestScoped
public class WritePage {

    private static final int BAD_REQUEST = 400;

    @Inject
    private PageAnswer answer;

    @Inject
    private CurrentOrganiser current;

    @Inject
    private PollDesk polls;

    @Inject
    private AuditLog audit;

    @Inject
    private RoomList list;

    @Inject
    private Forms forms;

    @Inject
    private PageText text;

    private final PollForm form = new PollForm();
    private Map<String, String> faults = Map.of();
    private List<String> fields = new ArrayList<>();
    private PollView poll;
    private long version;
    private boolean conflict;

    /**
     * A field for the label of an option.
     *
     * @param fault a key of the bundle {@code organiser}; empty where all is well
     */
    public record Field(String name, String letter, String label, int number, String fault) {}

    /**
     * A rule by which people see the result.
     *
     * @param key of the bundle {@code organiser}
     */
    public record Rule(String word, String key, boolean chosen) {}

    /** Saves what a form says, or reads what it shows. */
    public void prepare() {
        answer.answer(this::save, this::show);
    }

    private boolean isNew() {
        return answer.parameter("id").isEmpty();
    }

    private void show() {
        if (isNew()) {
            list.choose(answer.room("room"));
        } else {
            poll = polls.poll(current.organiser(), answer.parameter("id"));
            list.choose(poll.room());
        }
        if (!answer.isPost()) {
            if (isNew()) {
                form.setLanguage(text.getTag());
            } else {
                fill();
            }
        } else if (!conflict) {
            version = answer.version().orElse(0);
        }
    }

    private void fill() {
        form.setQuestion(poll.question());
        form.setLanguage(poll.language());
        form.setRevote(poll.revote().name().toLowerCase(Locale.ROOT));
        form.setResults(poll.results().rule().word());
        form.setNeedsCode(poll.needsCode());
        form.setOpens(poll.opens().map(Object::toString).orElse(""));
        form.setCloses(poll.closes().map(Object::toString).orElse(""));
        fields = poll.options().stream().map(OptionView::label).toList();
        version = poll.version();
    }

    private void save() {
        read();
        faults = new TreeMap<>(forms.faults(form));
        if (!faults.isEmpty()) {
            answer.refuse(BAD_REQUEST, "form.problem");
            return;
        }
        Organiser organiser = current.organiser();
        try {
            PollView saved = isNew()
                    ? polls.create(organiser, answer.room("room"), form)
                    : polls.change(organiser, answer.parameter("id"), answer.version(), form);
            answer.goTo("poll?id=" + saved.id());
        } catch (ChangedMeanwhileException changed) {
            conflict = true;
            // Who reads the other's change and saves then has seen it.
            version = changed.version();
            answer.refuse(HttpServletResponse.SC_CONFLICT, "conflict.heading");
        }
    }

    private void read() {
        fields = IntStream.range(0, Poll.MOST_OPTIONS)
                .mapToObj(at -> answer.parameter("option" + at).strip())
                .toList();
        form.setQuestion(answer.parameter("question"));
        form.setOptions(fields.stream().filter(label -> !label.isEmpty()).toList());
        form.setLanguage(answer.parameter("language"));
        form.setRevote(answer.parameter("revote").equals("changeable") ? "changeable" : "final");
        form.setResults(answer.parameter("results"));
        form.setNeedsCode(answer.parameter("codes").equals("needed"));
        form.setOpens(LocalTimes.read(answer.parameter("opens"), answer.parameter("zone")));
        form.setCloses(LocalTimes.read(answer.parameter("closes"), answer.parameter("zone")));
    }

    /** What the form says. */
    public PollForm getForm() {
        return form;
    }

    /** The poll that is there; null where the form is for a new one. */
    public PollView getPoll() {
        return poll;
    }

    /** The version that the form goes by. */
    public long getVersion() {
        return version;
    }

    /** Whether people may have voted, so that most of it is fixed. */
    public boolean isFixed() {
        return poll != null && !poll.free();
    }

    /** Whether another one has changed the poll since the form was opened. */
    public boolean isConflict() {
        return conflict;
    }

    /** Who did, and when; empty where nobody knows. */
    public String getRival() {
        return conflict ? audit.latest(poll.id()).map(AuditRow::knownAs).orElse("") : "";
    }

    /** The rules by which people may see the result. */
    public List<Rule> getRules() {
        return List.of(
                rule("live", "results.live"),
                rule("voted", "results.voted"),
                rule("closed", "results.closed"),
                rule("organiser", "results.organiser"));
    }

    private Rule rule(String word, String key) {
        return new Rule(word, key, word.equals(form.getResults()));
    }

    /** Whether voting has closed, so that its hours are no affair of the form. */
    public boolean isClosed() {
        return isFixed() && poll.step().isClosed();
    }

    /** The address to which the form is sent. */
    public String getAddress() {
        return isNew() ? "write?room=" + list.getRoom().code() : "write?id=" + poll.id();
    }

    /** Where to go without saving. */
    public String getBack() {
        return isNew() ? "room?code=" + list.getRoom().code() : "poll?id=" + poll.id();
    }

    /** Ten fields for labels; as many as there are, where the number is fixed. */
    public List<Field> getFields() {
        int count = isFixed() ? poll.options().size() : Poll.MOST_OPTIONS;
        return IntStream.range(0, count).mapToObj(this::field).toList();
    }

    private Field field(int at) {
        String label = at < fields.size() ? fields.get(at) : "";
        // Faults count the labels that are not empty.
        long index = fields.stream().limit(at).filter(one -> !one.isEmpty()).count();
        String fault = label.isEmpty() ? "" : faults.getOrDefault("options[" + index + "]", "");
        return new Field("option" + at, Poll.keyAt(at), label, at + 1, fault);
    }

    /** What is wrong with a field: a key of the bundle {@code organiser}; empty where all is well. */
    public String fault(String field) {
        return faults.getOrDefault(field, "");
    }

    /** The time of opening as the field has it, in UTC. */
    public String getOpens() {
        return LocalTimes.rewrite(form.getOpens());
    }

    /** The time of closing as the field has it, in UTC. */
    public String getCloses() {
        return LocalTimes.rewrite(form.getCloses());
    }

    /** The languages that the field offers. */
    public List<PageLanguage> getLanguages() {
        return text.getLanguages();
    }

    /** Whether the poll has a language that the field would not offer. */
    public boolean isOtherLanguage() {
        return getLanguages().stream().noneMatch(one -> one.getTag().equals(form.getLanguage()));
    }
}
