package org.votingapp.organiser.settings;

import java.time.Duration;
import java.util.Optional;
import org.votingapp.organiser.account.Accounts;
import org.votingapp.organiser.account.SessionTimes;
import org.votingapp.organiser.audience.ResultServers;
import org.votingapp.organiser.openid.OpenIdSettings;
import org.votingapp.runtime.settings.Settings;
import org.votingapp.web.PageLink;

/**
 * The organiser server's own settings.
 *
 * @param accounts who may log in, from {@code ORGANISERS} or {@code ORGANISERS_FILE}
 * @param openId the provider by which others log in, from {@code OIDC_ISSUER} and its companions
 * @param sessionTimes how long a log-in lasts, from {@code ORGANISER_SESSION_IDLE} and {@code ORGANISER_SESSION_LONGEST}
 * @param votingPage the link to the voting page, from {@code VOTE_URL}
 * @param resultPage the link to the result page, from {@code RESULT_URL}
 * @param resultServers who is asked how many watch, from {@code RESULT_SERVERS}
 * @param framesPresentMode whether result servers let these pages show present mode in a frame: {@code ORGANISER_URL} is set
 */
public record OrganiserSettings(
        Accounts accounts,
        Optional<OpenIdSettings> openId,
        SessionTimes sessionTimes,
        PageLink votingPage,
        PageLink resultPage,
        ResultServers resultServers,
        boolean framesPresentMode) {

    /**
     * Reads the settings.
     *
     * @throws org.votingapp.runtime.settings.InvalidSettingException for the first setting that is wrong
     */
    public static OrganiserSettings read(Settings settings) {
        Duration longest = settings.duration("organiser.session.longest", Duration.ofMinutes(5), Duration.ofDays(7));
        Optional<OpenIdSettings> openId = OpenIdSettings.read(settings);
        return new OrganiserSettings(
                openId.isPresent() ? Accounts.readIfAny(settings) : Accounts.read(settings),
                openId,
                new SessionTimes(settings.duration("organiser.session.idle", Duration.ofMinutes(1), longest), longest),
                PageLink.read(settings, "vote.url"),
                PageLink.read(settings, "result.url"),
                ResultServers.read(settings),
                !PageLink.read(settings, "organiser.url").from("localhost").isEmpty());
    }
}
