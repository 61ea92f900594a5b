package org.votingapp.poll;

/**
 * Decides who sees the result of a poll; nothing else does. Immutable.
 *
 * @param rule what the poll says
 * @param revealed whether an organiser has revealed the result, which then shows under any rule
 */
public record ResultsPolicy(ResultsRule rule, boolean revealed) {

    /** A result that everybody always sees. */
    public static final ResultsPolicy LIVE = new ResultsPolicy(ResultsRule.LIVE, false);

    /**
     * Whether somebody sees the result now. A voter sees at least what anybody sees.
     *
     * @param isFinal whether the poll is closed and all its ballots are counted, as the worker has committed; no clock tells
     */
    public boolean shows(ResultViewer viewer, boolean isFinal) {
        return revealed
                || switch (rule) {
                    case LIVE -> true;
                    case VOTED -> viewer == ResultViewer.VOTER || isFinal;
                    case CLOSED -> isFinal;
                    case ORGANISER -> false;
                };
    }
}
