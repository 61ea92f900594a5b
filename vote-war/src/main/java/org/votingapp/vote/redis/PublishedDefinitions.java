package org.votingapp.vote.redis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollDefinition;
import org.votingapp.poll.PollOption;
import org.votingapp.poll.PollPartException;
import org.votingapp.poll.PollParts;
import org.votingapp.poll.Room;
import org.votingapp.poll.RoomCode;
import org.votingapp.runtime.redis.Definitions;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.runtime.store.Reason;
import org.votingapp.vote.casting.BallotBox.Published;
import redis.clients.jedis.Protocol.Keyword;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.ZRangeParams;
import redis.clients.jedis.resps.Tuple;

/**
 * Reads published definitions of polls and rooms from Redis, {@value #TOGETHER} at a time.
 *
 * <p>Leaves out a malformed one, and logs so once. Each part is checked, since ids and keys go into cookies, and words into
 * memory. Used by one thread.
 */
final class PublishedDefinitions {

    static final int TOGETHER = 500;

    private static final Logger LOG = Logger.getLogger(PublishedDefinitions.class.getName());

    /** Above the longest definitions there are: rooms of a thousand polls. */
    private static final int LONGEST = 100_000;

    private static final int MOST_TOLD = 1_000;
    private static final List<String> KEYS =
            IntStream.range(0, Poll.MOST_OPTIONS).mapToObj(Poll::keyAt).toList();

    private final Set<String> told = new HashSet<>();

    /** @param since the time of the newest change that was read before */
    Published read(RedisClient redis, long since) {
        List<Tuple> changes = redis.zrangeWithScores(
                RedisNames.DEFINITION_CHANGES,
                new ZRangeParams(Keyword.BYSCORE, "(" + since, "+inf").limit(0, TOGETHER));
        if (changes.isEmpty()) {
            return new Published(List.of(), List.of(), since, true);
        }
        List<String> fields = changes.stream().map(Tuple::getElement).toList();
        List<String> written = redis.hmget(RedisNames.DEFINITIONS, fields.toArray(String[]::new));
        List<PollDefinition> polls = new ArrayList<>();
        List<Room> rooms = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            if (written.get(i) != null) {
                read(fields.get(i), written.get(i), polls, rooms);
            }
        }
        long until = (long) changes.get(changes.size() - 1).getScore();
        return new Published(polls, rooms, until, changes.size() < TOGETHER);
    }

    private void read(String field, String written, List<PollDefinition> polls, List<Room> rooms) {
        Optional<String> poll = Definitions.pollOf(field);
        Optional<RoomCode> room = Definitions.roomOf(field);
        try {
            if (written.length() > LONGEST) {
                throw new PollPartException("at most " + LONGEST + " characters");
            }
            if (poll.isPresent()) {
                polls.add(checked(Definitions.readPoll(PollParts.id(poll.get()), written)));
            } else if (room.isPresent()) {
                rooms.add(checked(Definitions.readRoom(room.get(), written)));
            } else {
                throw new PollPartException("poll:<id> or room:<code>");
            }
            told.remove(field);
        } catch (PollPartException wrong) {
            leftOut(field, "a part of it must be " + wrong.getMessage());
        } catch (IllegalArgumentException malformed) {
            // Its message holds the definition, and so the poll's key.
            leftOut(field, "it is no such JSON object");
        }
    }

    private static PollDefinition checked(PollDefinition definition) throws PollPartException {
        Poll poll = definition.poll();
        PollParts.text(poll.question(), Poll.LONGEST_QUESTION);
        PollParts.language(poll.language());
        List<PollOption> options = poll.options();
        PollParts.options(options.stream().map(PollOption::label).toList(), "");
        List<String> keys = options.stream().map(PollOption::key).distinct().toList();
        if (keys.size() < options.size() || !KEYS.containsAll(keys)) {
            throw new PollPartException("keys of its options, each once, of " + KEYS);
        }
        return definition;
    }

    private static Room checked(Room room) throws PollPartException {
        PollParts.text(room.title(), Room.LONGEST_TITLE);
        return room;
    }

    private void leftOut(String field, String why) {
        if (told.size() < MOST_TOLD && told.add(field)) {
            LOG.warning("Redis' hash %s has a malformed definition in the field %s: %s. It is left out"
                    .formatted(RedisNames.DEFINITIONS, Reason.line(field), why));
        }
    }
}
