package org.votingapp.vote.redis;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.votingapp.runtime.redis.CodeHash;
import org.votingapp.runtime.redis.LuaScript;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.vote.casting.CastOutcome;
import org.votingapp.vote.casting.CastStatus;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;

/**
 * Casts the ballots of many voters, in one poll or several, by one call of {@code cast.lua}: a call for each poll costs Redis half
 * as much again where each vote is for another one.
 *
 * @param script {@code cast.lua}
 * @param rateLimit the votes that one address may try in a minute; 0 is no limit
 */
record Casts(LuaScript script, int rateLimit) implements SharedCommand<Casts.Cast, Object, CastOutcome> {

    private static final String RATE = "{0}:rate:";
    private static final String WITH_CODES = "code";

    /**
     * One ballot.
     *
     * @param pollId the poll
     * @param voter the poll's name for the voter, as stored
     * @param choice the option's key
     * @param sender the client's address
     * @param code the field of the voter's code ({@link CodeHash}); empty where the poll needs none
     */
    record Cast(String pollId, String voter, String choice, String sender, String code) {

        /** A ballot without a code. */
        Cast(String pollId, String voter, String choice, String sender) {
            this(pollId, voter, choice, sender, "");
        }

        private boolean coded() {
            return !code.isEmpty();
        }
    }

    /** The ballots of a poll that have codes, or those that have none. */
    private record Group(String pollId, boolean coded) {}

    @Override
    public Response<Object> sendOn(Pipeline pipeline, List<Cast> casts) {
        Map<Group, List<Cast>> polls = byPoll(casts);
        List<String> keys = new ArrayList<>(2 + 2 * polls.size() + casts.size());
        List<String> arguments = new ArrayList<>(2 + 3 * polls.size() + 2 * casts.size());
        keys.add(RedisNames.BALLOTS);
        keys.add(RedisNames.COUNTS);
        arguments.add(String.valueOf(rateLimit));
        arguments.add(String.valueOf(polls.size()));
        polls.forEach((poll, ballots) -> {
            keys.add(RedisNames.voters(poll.pollId));
            keys.add(RedisNames.poll(poll.pollId));
            if (poll.coded) {
                keys.add(RedisNames.codes(poll.pollId));
            }
            arguments.add(poll.pollId);
            arguments.add(String.valueOf(ballots.size()));
            arguments.add(poll.coded ? WITH_CODES : "");
        });
        for (List<Cast> ballots : polls.values()) {
            for (Cast cast : ballots) {
                if (rateLimit > 0) {
                    keys.add(RATE + cast.sender);
                }
                arguments.add(cast.voter);
                arguments.add(cast.choice);
                if (cast.coded()) {
                    arguments.add(cast.code);
                }
            }
        }
        return script.callOn(pipeline, keys, arguments);
    }

    @Override
    public List<CastOutcome> read(Object answer, List<Cast> casts) {
        Iterator<?> words = ((List<?>) answer).iterator();
        Map<Group, Queue<CastOutcome>> polls = new HashMap<>();
        byPoll(casts).forEach((poll, ballots) -> {
            Queue<CastOutcome> outcomes = new ArrayDeque<>(ballots.size());
            for (Cast cast : ballots) {
                outcomes.add(outcome((String) words.next(), (String) words.next(), cast.choice));
            }
            polls.put(poll, outcomes);
        });
        return casts.stream().map(cast -> polls.get(group(cast)).remove()).toList();
    }

    /** In the order of each poll's first ballot, and of its ballots. */
    private static Map<Group, List<Cast>> byPoll(List<Cast> casts) {
        return casts.stream().collect(groupingBy(Casts::group, LinkedHashMap::new, toList()));
    }

    private static Group group(Cast cast) {
        return new Group(cast.pollId, cast.coded());
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
            case "code" -> CastOutcome.of(CastStatus.WRONG_CODE, choice);
            case "limited" -> new CastOutcome(CastStatus.TOO_MANY, choice, Math.max(1, Integer.parseInt(value)));
            default -> throw new IllegalStateException("cast.lua answered " + word);
        };
    }
}
