package org.votingapp.vote.voter;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/**
 * Secure random numbers, of which each thread fetches {@value #NUMBERS} at once, since a question costs the generator,
 * which serves one thread at a time, as much for one. None is given twice. Thread-safe.
 */
final class RandomStock implements RandomGenerator {

    static final int NUMBERS = 64;

    private final SecureRandom source = new SecureRandom();
    private final ThreadLocal<ByteBuffer> stock = ThreadLocal.withInitial(
            () -> ByteBuffer.allocate(NUMBERS * Long.BYTES).position(NUMBERS * Long.BYTES));

    @Override
    public long nextLong() {
        ByteBuffer left = stock.get();
        if (!left.hasRemaining()) {
            source.nextBytes(left.array());
            left.clear();
        }
        return left.getLong();
    }
}
