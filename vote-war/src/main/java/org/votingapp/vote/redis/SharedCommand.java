package org.votingapp.vote.redis;

import java.util.List;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;

/**
 * One command for the questions of many callers. Questions with an equal {@code SharedCommand} share one.
 *
 * @param <Q> one caller's question
 * @param <R> the answer of Redis to all questions
 * @param <A> one caller's answer
 */
interface SharedCommand<Q, R, A> {

    /** Appends the command. */
    Response<R> sendOn(Pipeline pipeline, List<Q> questions);

    /** Splits the answer of Redis into the callers', in the order of their questions. */
    List<A> read(R answer, List<Q> questions);

    /**
     * The answer to a question that was sent twice because the first connection broke. Redis may have carried out both.
     *
     * @param answer the answer to the second one
     */
    default A repeated(Q question, A answer) {
        return answer;
    }
}
