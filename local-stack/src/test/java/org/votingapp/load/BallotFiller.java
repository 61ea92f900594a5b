package org.votingapp.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.votingapp.poll.VoterId;
import org.votingapp.redis.RedisNames;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;

/** Fills the stream as voters would: by the script with which the vote server casts, many casts in one pipeline. */
final class BallotFiller {

    private static final int TOGETHER = 5_000;
    private static final String SENDER = "{0}:rate:filler";
    private static final String NO_LIMIT = "0";

    private final Jedis redis;
    private final String script;
    private final SplittableRandom random = new SplittableRandom();

    /** @param redis a connection that may do everything */
    BallotFiller(Jedis redis, Path root) throws IOException {
        this.redis = redis;
        this.script = redis.scriptLoad(
                Files.readString(root.resolve("vote-war/target/classes/org/votingapp/vote/redis/cast.lua")));
    }

    /** Casts so many ballots of new voters; every other one is for the first option. */
    void cast(String poll, int ballots) {
        List<String> keys = List.of(RedisNames.BALLOTS, RedisNames.voters(poll), RedisNames.COUNTS, SENDER);
        for (int from = 0; from < ballots; from += TOGETHER) {
            try (Pipeline pipeline = redis.pipelined()) {
                for (int ballot = from; ballot < Math.min(from + TOGETHER, ballots); ballot++) {
                    String voter = new VoterId(random.nextLong(), random.nextLong()).toString();
                    String choice = ballot % 2 == 0 ? "a" : "b";
                    pipeline.evalsha(script, keys, List.of(poll, voter, choice, "final", NO_LIMIT));
                }
                pipeline.sync();
            }
        }
    }
}
