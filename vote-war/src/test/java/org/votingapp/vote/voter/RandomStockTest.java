package org.votingapp.vote.voter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class RandomStockTest {

    private static final int MANY = 5 * RandomStock.NUMBERS + 1;

    private final RandomStock stock = new RandomStock();

    @Test
    void noNumberIsGivenTwice() {
        Set<Long> given = new HashSet<>();
        for (int i = 0; i < MANY; i++) {
            given.add(stock.nextLong());
        }
        assertThat(given).hasSize(MANY);
    }

    @Test
    void threadsDoNotShareNumbers() throws InterruptedException {
        Set<Long> given = ConcurrentHashMap.newKeySet();
        Thread[] threads = new Thread[4];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(() -> stock.longs(MANY).forEach(given::add));
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(given).hasSize(threads.length * MANY);
    }
}
