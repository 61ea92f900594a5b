package org.votingapp.vote.settings;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.votingapp.runtime.redis.RedisAddress;
import org.votingapp.runtime.settings.InvalidSettingException;
import org.votingapp.runtime.settings.Settings;
import org.votingapp.runtime.signing.ResultPasses;
import org.votingapp.vote.voter.VoterSigner;
import org.votingapp.web.PageLink;

/**
 * The settings of the vote server, besides the poll's.
 *
 * @param redis where ballots are cast, from {@code REDIS_URL} and its companions
 * @param timeout how long a voter waits for Redis, from {@code VOTE_TIMEOUT}; 0.1 to 30 s
 * @param rateLimit the votes that one address may try in a minute, from {@code VOTE_RATE_LIMIT}; 0 is no limit
 * @param signer signs voters' cookies with {@code VOTER_KEY}
 * @param resultPage where the results are, from {@code RESULT_URL}
 * @param passes gives voters passes to results by {@code RESULT_PASS_KEY}; empty where nobody gets one
 */
public record VoteSettings(
        RedisAddress redis,
        Duration timeout,
        int rateLimit,
        VoterSigner signer,
        PageLink resultPage,
        Optional<ResultPasses> passes) {

    private static final int HIGHEST_RATE_LIMIT = 1_000_000;

    /**
     * Reads them.
     *
     * @throws InvalidSettingException naming the first setting that is wrong
     */
    public static VoteSettings read(Settings settings) {
        return new VoteSettings(
                RedisAddress.read(settings),
                settings.duration("vote.timeout", Duration.ofMillis(100), Duration.ofSeconds(30)),
                settings.integer("vote.rate-limit", 0, HIGHEST_RATE_LIMIT),
                VoterSigner.read(settings),
                PageLink.read(settings, "result.url"),
                ResultPasses.read(settings, Clock.systemUTC()));
    }
}
