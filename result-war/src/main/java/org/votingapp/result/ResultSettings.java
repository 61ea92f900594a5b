package org.votingapp.result;

import org.votingapp.runtime.settings.PollSettings;
import org.votingapp.runtime.settings.Settings;
import org.votingapp.web.PageLink;

/**
 * The settings of the result part.
 *
 * @param pollId the poll whose tally is shown, from {@code POLL_ID}; the rest of the poll comes from Postgres
 * @param maxWatchers how many may watch the stream at once, from {@code RESULTS_MAX_WATCHERS}
 * @param votingPage where people vote, from {@code VOTE_URL}
 */
public record ResultSettings(String pollId, int maxWatchers, PageLink votingPage) {

    /** More watchers than one server should be given. */
    private static final int MOST_WATCHERS = 1_000_000;

    /**
     * Reads them.
     *
     * @throws org.votingapp.runtime.settings.InvalidSettingException naming the first setting that is wrong
     */
    public static ResultSettings read(Settings settings) {
        return new ResultSettings(
                PollSettings.id(settings),
                settings.integer("results.max-watchers", 1, MOST_WATCHERS),
                PageLink.read(settings, "vote.url"));
    }
}
