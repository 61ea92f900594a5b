package org.votingapp.result;

import java.util.Optional;
import org.votingapp.config.Settings;
import org.votingapp.poll.PollSettings;

/**
 * The settings of the result part.
 *
 * @param pollId the poll whose tally is shown, from {@code POLL_ID}; the rest of the poll comes from Postgres
 * @param maxWatchers how many may watch the stream at once, from {@code RESULTS_MAX_WATCHERS}
 * @param voteAddress where people vote, from {@code VOTE_URL}
 */
public record ResultSettings(String pollId, int maxWatchers, Optional<VoteAddress> voteAddress) {

    /** More watchers than one server should be given. */
    private static final int MOST_WATCHERS = 1_000_000;

    /**
     * Reads them.
     *
     * @throws org.votingapp.config.InvalidSettingException naming the first setting that is wrong
     */
    public static ResultSettings read(Settings settings) {
        return new ResultSettings(
                PollSettings.id(settings),
                settings.integer("results.max-watchers", 1, MOST_WATCHERS),
                settings.optional(VoteAddress.PROPERTY).map(VoteAddress::of));
    }
}
