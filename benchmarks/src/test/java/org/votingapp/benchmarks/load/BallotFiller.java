package org.votingapp.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.votingapp.poll.VoterId;
import org.votingapp.runtime.redis.LuaScript;
import org.votingapp.runtime.redis.RedisNames;
import redis.clients.jedis.Jedis;

/**
 * Fills the stream with the vote server's own script, many casts per call. Each voter arrived within the last minute.
 */
public final class BallotFiller {

    public static final int VOTE_WITHIN_MILLIS = 60_000;

    private static final int TOGETHER = 1_000;
    private static final String NO_LIMIT = "0";
    private static final String ONE_POLL = "1";
    private static final String NO_CODES = "";

    private final Jedis redis;
    private final String script;
    private final SplittableRandom random = new SplittableRandom();

    /** @param redis a connection that may do everything */
    public BallotFiller(Jedis redis) {
        this.redis = redis;
        this.script = redis.scriptLoad(LuaScript.named("cast.lua").text());
    }

    /** Casts this many ballots of new voters under their own ids, every second one for the first option. */
    public void cast(String poll, int ballots) {
        cast(poll, ballots, UnaryOperator.identity());
    }

    /** The same with voters that this poll calls otherwise. */
    public void cast(String poll, int ballots, UnaryOperator<VoterId> names) {
        List<String> keys =
                List.of(RedisNames.BALLOTS, RedisNames.COUNTS, RedisNames.voters(poll), RedisNames.poll(poll));
        long now = System.currentTimeMillis();
        for (int from = 0; from < ballots; from += TOGETHER) {
            int until = Math.min(from + TOGETHER, ballots);
            List<String> arguments =
                    new ArrayList<>(List.of(NO_LIMIT, ONE_POLL, poll, String.valueOf(until - from), NO_CODES));
            for (int ballot = from; ballot < until; ballot++) {
                VoterId voter = VoterId.newcomer(now - random.nextInt(VOTE_WITHIN_MILLIS), random);
                arguments.add(names.apply(voter).toString());
                arguments.add(ballot % 2 == 0 ? "a" : "b");
            }
            redis.evalsha(script, keys, arguments);
        }
    }
}
