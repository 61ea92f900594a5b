package org.votingapp.vote.redis;

import java.util.List;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;

/**
 * Makes one command of the questions of many callers. Those handed in with an equal batch go together.
 *
 * @param <Q> what one caller asks
 * @param <R> what Redis answers to all of them
 * @param <A> what one caller is answered
 */
interface Batch<Q, R, A> {

    /** Appends the one command. */
    Response<R> sendOn(Pipeline pipeline, List<Q> questions);

    /** Reads from Redis' answer those to the questions, in their order. */
    List<A> read(R answer, List<Q> questions);

    /**
     * What a caller is told whose question was sent twice, since the first connection broke: Redis may have carried out the
     * first one.
     *
     * @param answer to the second one
     */
    default A repeated(Q question, A answer) {
        return answer;
    }
}
