package org.votingapp.worker.file;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollOption;
import org.votingapp.poll.ResultsRule;
import org.votingapp.poll.RevoteRule;

/**
 * What a file says about a poll, as {@link Poll} has it. Immutable.
 *
 * @param id its id; empty where it is made once and kept, and the poll is known by its question within its room
 * @param question what is asked
 * @param language the language of question and labels
 * @param options its options
 * @param revote what a further vote does
 * @param results who sees the result when
 * @param opens when it opens, if it has not always been open
 * @param closes when it closes, if ever
 */
public record PollPlan(
        Optional<String> id,
        String question,
        String language,
        List<PollOption> options,
        RevoteRule revote,
        ResultsRule results,
        Optional<Instant> opens,
        Optional<Instant> closes) {

    /** Copies the options. */
    public PollPlan {
        options = List.copyOf(options);
    }

    /** The poll with an id, which is the file's where it says one. */
    public Poll poll(String pollId) {
        return new Poll(pollId, question, language, options, revote, opens, closes);
    }
}
