package org.votingapp.organiser.form;

import jakarta.json.bind.annotation.JsonbTransient;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollPartException;
import org.votingapp.poll.PollParts;
import org.votingapp.poll.ResultsRule;
import org.votingapp.poll.RevoteRule;

/**
 * A poll as an organiser writes it, on the page or by the API. It takes these members and no others, whatever a client sends.
 *
 * <p>The messages of its constraints are keys of the bundle {@code organiser}.
 */
@InOrder(message = "error.order")
@Schema(name = "PollForm", description = "A poll as an organiser writes it")
public class PollForm {

    @OneLine(longest = Poll.LONGEST_QUESTION, message = "error.question")
    @Schema(description = "What is asked: 1 to 200 characters on one line", required = true)
    private String question = "";

    @NotNull(message = "error.options")
    @Size(min = Poll.FEWEST_OPTIONS, max = Poll.MOST_OPTIONS, message = "error.options")
    @Different(message = "error.different")
    @Schema(description = "2 to 10 labels of 1 to 100 characters, which differ from each other", required = true)
    private List<@OneLine(longest = Poll.LONGEST_LABEL, message = "error.label") String> options = new ArrayList<>();

    @Readable(value = Readable.Part.LANGUAGE, message = "error.language")
    @Schema(description = "Language tag (BCP 47) of question and labels", defaultValue = "en")
    private String language = "en";

    @Readable(value = Readable.Part.REVOTE, message = "error.rule")
    @Schema(
            description = "What a further vote does: final (the first vote stands) or changeable",
            defaultValue = "final")
    private String revote = "final";

    @Readable(value = Readable.Part.RESULTS, message = "error.rule")
    @Schema(description = "Who sees the result when: live, voted, closed or organiser", defaultValue = "live")
    private String results = "live";

    @Readable(value = Readable.Part.TIME, message = "error.time")
    @Schema(description = "When it opens, with an offset; without, when somebody opens it")
    private String opens = "";

    @Readable(value = Readable.Part.TIME, message = "error.time")
    @Schema(description = "When it closes, with an offset; without, when somebody closes it")
    private String closes = "";

    @Schema(
            description =
                    "Whether it takes votes with one-time codes alone, which are made for it; then revote is final",
            defaultValue = "false")
    private boolean needsCode;

    /** An empty form. */
    public PollForm() {}

    /**
     * The poll that a valid form tells. Without a time to open, it waits for its organiser.
     *
     * @throws IllegalStateException where the form is not valid
     */
    public Poll poll(String id) {
        try {
            return new Poll(
                    id,
                    question,
                    PollParts.language(language),
                    PollParts.options(options, ""),
                    PollParts.revote(revote),
                    Optional.of(time(opens).orElse(Poll.WAITING)),
                    time(closes));
        } catch (PollPartException wrong) {
            throw new IllegalStateException("a form that was not validated", wrong);
        }
    }

    /** Whether a code would be used up by its vote, as it must be. */
    @AssertTrue(message = "error.codesFinal")
    @JsonbTransient
    @Schema(hidden = true)
    public boolean isUsingUpCodes() {
        return !needsCode || !RevoteRule.CHANGEABLE.name().equalsIgnoreCase(revote);
    }

    /** Who sees the result when. */
    public ResultsRule rule() {
        try {
            return PollParts.results(results);
        } catch (PollPartException wrong) {
            throw new IllegalStateException("a form that was not validated", wrong);
        }
    }

    private static Optional<Instant> time(String written) throws PollPartException {
        return written.isEmpty() ? Optional.empty() : Optional.of(PollParts.time(written));
    }

    private static String stripped(String written) {
        return written == null ? null : written.strip();
    }

    /** What is asked. */
    public String getQuestion() {
        return question;
    }

    /** Takes it without spaces around it. */
    public void setQuestion(String written) {
        question = stripped(written);
    }

    /** The labels of the options. */
    public List<String> getOptions() {
        return options;
    }

    /** Takes each without spaces around it. */
    public void setOptions(List<String> written) {
        options = written == null
                ? null
                : new ArrayList<>(written.stream().map(PollForm::stripped).toList());
    }

    /** The language of question and labels. */
    public String getLanguage() {
        return language;
    }

    /** Takes it without spaces around it. */
    public void setLanguage(String written) {
        language = stripped(written);
    }

    /** What a further vote does. */
    public String getRevote() {
        return revote;
    }

    /** Takes it as it is. */
    public void setRevote(String written) {
        revote = written;
    }

    /** Who sees the result when. */
    public String getResults() {
        return results;
    }

    /** Takes it as it is. */
    public void setResults(String written) {
        results = written;
    }

    /** Whether it takes votes with codes alone. */
    public boolean isNeedsCode() {
        return needsCode;
    }

    /** Takes it as it is. */
    public void setNeedsCode(boolean written) {
        needsCode = written;
    }

    /** When it opens; empty where somebody opens it. */
    public String getOpens() {
        return opens;
    }

    /** Takes a time; none means that somebody opens it. */
    public void setOpens(String written) {
        opens = written == null ? "" : written.strip();
    }

    /** When it closes; empty where somebody closes it. */
    public String getCloses() {
        return closes;
    }

    /** Takes a time; none means that somebody closes it. */
    public void setCloses(String written) {
        closes = written == null ? "" : written.strip();
    }
}
