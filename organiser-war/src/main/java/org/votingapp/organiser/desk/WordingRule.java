package org.votingapp.organiser.desk;

import java.util.List;
import org.votingapp.poll.Label;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollOption;
import org.votingapp.poll.ResultsRule;

/** Decides what may change about a poll by which people may have voted: what betrays nobody. */
final class WordingRule {

    private WordingRule() {}

    /**
     * Checks a change of a poll that is not {@linkplain PollView#free free}.
     *
     * @throws RefusedException for the first thing that may not change
     */
    static void check(PollView before, Poll after, ResultsRule rule) {
        boolean unopened = before.step() == PollStep.WAITING || before.step() == PollStep.SCHEDULED;
        if (unopened && before.total() == 0 && !before.inEffect()) {
            throw new RefusedException(Refusal.NOT_IN_EFFECT);
        }
        require(before.question().equals(after.question()), Refusal.FIXED_QUESTION);
        require(before.language().equals(after.language()), Refusal.FIXED_LANGUAGE);
        require(before.revote() == after.revote(), Refusal.FIXED_REVOTE);
        require(!rule.isSoonerThan(before.results().rule()), Refusal.FIXED_RESULTS);
        checkLabels(before.options(), after.options());
        // A form leaves out the time of a poll that was opened by hand.
        require(after.waits() || before.opens().equals(after.opens()), Refusal.FIXED_OPENS);
        if (before.step().isClosed()) {
            require(after.closes().isEmpty() || before.closes().equals(after.closes()), Refusal.FIXED_CLOSES);
        }
    }

    private static void checkLabels(List<OptionView> before, List<PollOption> after) {
        require(before.size() == after.size(), Refusal.FIXED_OPTIONS);
        for (int at = 0; at < before.size(); at++) {
            OptionView option = before.get(at);
            String label = after.get(at).label();
            // Against the first label, so that no chain of corrections leads to another meaning.
            String first = option.firstLabel().isEmpty() ? option.label() : option.firstLabel();
            require(option.label().equals(label) || Label.corrects(first, label), Refusal.FIXED_LABEL);
        }
    }

    private static void require(boolean holds, Refusal otherwise) {
        if (!holds) {
            throw new RefusedException(otherwise);
        }
    }
}
