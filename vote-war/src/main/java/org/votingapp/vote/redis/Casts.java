package org.votingapp.vote.redis;

import java.util.ArrayList;
import java.util.List;
import org.votingapp.runtime.redis.LuaScript;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.vote.casting.CastOutcome;
import org.votingapp.vote.casting.CastStatus;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;

/**
 * Casts the ballots of many voters in one poll by one call of {@code cast.lua}.
 *
 * @param script {@code cast.lua}
 * @param pollId the poll
 * @param rateLimit the votes that one address may try in a minute; 0 is no limit
 */
record Casts(LuaScript script, String pollId, int rateLimit) implements SharedCommand<Casts.Cast, Object, CastOutcome> {

    private static final String RATE = "{0}:rate:";

    /**
     * One ballot.
     *
     * @param voter the voter's id, as stored
     * @param choice the option's key
     * @param sender the client's address
     */
    record Cast(String voter, String choice, String sender) {}

    @Override
    public Response<Object> sendOn(Pipeline pipeline, List<Cast> casts) {
        List<String> keys = new ArrayList<>(4 + casts.size());
        keys.add(RedisNames.BALLOTS);
        keys.add(RedisNames.voters(pollId));
        keys.add(RedisNames.COUNTS);
        keys.add(RedisNames.poll(pollId));
        List<String> arguments = new ArrayList<>(2 + 2 * casts.size());
        arguments.add(pollId);
        arguments.add(String.valueOf(rateLimit));
        for (Cast cast : casts) {
            if (rateLimit > 0) {
                keys.add(RATE + cast.sender);
            }
            arguments.add(cast.voter);
            arguments.add(cast.choice);
        }
        return script.callOn(pipeline, keys, arguments);
    }

    @Override
    public List<CastOutcome> read(Object answer, List<Cast> casts) {
        List<?> words = (List<?>) answer;
        List<CastOutcome> outcomes = new ArrayList<>(casts.size());
        for (int cast = 0; cast < casts.size(); cast++) {
            outcomes.add(
                    outcome((String) words.get(2 * cast), (String) words.get(2 * cast + 1), casts.get(cast).choice));
        }
        return outcomes;
    }

    /** The choice on record may stem from the first sending or from an earlier vote, so the voter is asked to try again. */
    @Override
    public CastOutcome repeated(Cast cast, CastOutcome outcome) {
        return outcome.equals(CastOutcome.of(CastStatus.ALREADY_VOTED, cast.choice))
                ? CastOutcome.unavailable(cast.choice)
                : outcome;
    }

    private static CastOutcome outcome(String word, String value, String choice) {
        return switch (word) {
            case "recorded" -> CastOutcome.of(CastStatus.RECORDED, value);
            case "changed" -> CastOutcome.of(CastStatus.CHANGED, value);
            case "already" -> CastOutcome.of(CastStatus.ALREADY_VOTED, value);
            case "unpublished" -> CastOutcome.unpublished(choice);
            case "early" -> CastOutcome.of(CastStatus.NOT_YET_OPEN, choice);
            case "closed" -> CastOutcome.of(CastStatus.CLOSED, choice);
            // This server has the option; Redis has it with the next publication, or had it with the last one.
            case "unknown" -> CastOutcome.unpublished(choice);
            case "limited" -> new CastOutcome(CastStatus.TOO_MANY, choice, Math.max(1, Integer.parseInt(value)));
            default -> throw new IllegalStateException("cast.lua answered " + word);
        };
    }
}
