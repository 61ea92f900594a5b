package org.votingapp.organiser.audience;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The answer to a question that costs something: whoever asks while it is asked or shortly after gets the same one. Thread-safe. */
final class KeptAnswer<T> {

    private final Supplier<CompletableFuture<T>> question;
    private final long keptNanos;
    private final LongSupplier nanoTime;
    private CompletableFuture<T> answer;
    private long answeredNanos;

    /** @param kept how long an answer serves, a failure too */
    KeptAnswer(Supplier<CompletableFuture<T>> question, Duration kept, LongSupplier nanoTime) {
        this.question = question;
        this.keptNanos = kept.toNanos();
        this.nanoTime = nanoTime;
    }

    /** The answer; what the caller does with this future changes nothing for others. */
    synchronized CompletableFuture<T> ask() {
        if (answer == null || isOld()) {
            answer = question.get().whenComplete((result, failure) -> note());
        }
        return answer.copy();
    }

    private synchronized void note() {
        answeredNanos = nanoTime.getAsLong();
    }

    /** Whether the next {@link #ask} asks anew. */
    synchronized boolean isOld() {
        return answer != null && answer.isDone() && nanoTime.getAsLong() - answeredNanos >= keptNanos;
    }
}
