package org.votingapp.result;

import java.time.Clock;
import java.util.Optional;
import org.votingapp.runtime.settings.PollSettings;
import org.votingapp.runtime.settings.Settings;
import org.votingapp.runtime.signing.ResultPasses;
import org.votingapp.web.PageLink;

/**
 * The result server's own settings.
 *
 * @param pollId the poll whose tally to show, from {@code POLL_ID}; the rest of the poll comes from Postgres
 * @param maxWatchers the most concurrent watchers, from {@code RESULTS_MAX_WATCHERS}
 * @param votingPage the link to the voting page, from {@code VOTE_URL}
 * @param organiserPage the link to the organisers' page, which may show present mode in a frame, from {@code ORGANISER_URL}
 * @param passes verifies voters' passes by {@code RESULT_PASS_KEY}; empty where nobody has one
 */
public record ResultSettings(
        String pollId, int maxWatchers, PageLink votingPage, PageLink organiserPage, Optional<ResultPasses> passes) {

    /** More than one server can serve. */
    private static final int MOST_WATCHERS = 1_000_000;

    /**
     * Reads the settings.
     *
     * @throws org.votingapp.runtime.settings.InvalidSettingException for the first setting that is wrong
     */
    public static ResultSettings read(Settings settings) {
        return new ResultSettings(
                PollSettings.id(settings),
                settings.integer("results.max-watchers", 1, MOST_WATCHERS),
                PageLink.read(settings, "vote.url"),
                PageLink.read(settings, "organiser.url"),
                ResultPasses.read(settings, Clock.systemUTC()));
    }
}
