package org.votingapp.worker.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.votingapp.poll.RegisteredPoll;
import org.votingapp.runtime.redis.PollHash;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.worker.store.Store;
import org.votingapp.worker.store.StoreAwayException;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;

/** What vote servers are told of polls by Redis, and what Redis holds of a poll that is not recorded. Thread-safe. */
@ApplicationScoped
public class PublishedPolls {

    private static final int PAGE = 1_000;

    private final UnifiedJedis redis;

    /** For CDI's proxy. */
    protected PublishedPolls() {
        this.redis = null;
    }

    /** @param redis the client of the worker */
    @Inject
    public PublishedPolls(UnifiedJedis redis) {
        this.redis = redis;
    }

    /** Writes a poll as it is registered, in place of what was written before. */
    public void publish(RegisteredPoll registered) throws StoreAwayException {
        try {
            redis.hset(RedisNames.poll(registered.poll().id()), PollHash.write(registered));
        } catch (JedisException failed) {
            throw new StoreAwayException(Store.REDIS, String.valueOf(failed.getMessage()), failed);
        }
    }

    /** How many ballots for a poll wait to be recorded; reads all that wait, a thousand at a time. */
    public long waiting(String pollId) throws StoreAwayException {
        try {
            long found = 0;
            String from = "-";
            List<?> page;
            do {
                // Raw, as in RedisBallotStream: whatever somebody put there by hand.
                page = (List<?>) redis.executeCommand(new CommandArguments(Command.XRANGE)
                        .key(RedisNames.BALLOTS)
                        .add(from)
                        .add("+")
                        .add("COUNT")
                        .add(PAGE));
                found += page.stream().filter(entry -> isFor(pollId, entry)).count();
                from = page.isEmpty() ? from : "(" + text(((List<?>) page.get(page.size() - 1)).get(0));
            } while (page.size() == PAGE);
            return found;
        } catch (JedisException failed) {
            throw new StoreAwayException(Store.REDIS, String.valueOf(failed.getMessage()), failed);
        }
    }

    private static boolean isFor(String pollId, Object entry) {
        List<?> fields = (List<?>) ((List<?>) entry).get(1);
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            if (text(fields.get(i)).equals(RedisNames.POLL)
                    && text(fields.get(i + 1)).equals(pollId)) {
                return true;
            }
        }
        return false;
    }

    private static String text(Object bytes) {
        return new String((byte[]) bytes, UTF_8);
    }
}
