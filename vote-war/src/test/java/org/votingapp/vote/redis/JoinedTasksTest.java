package org.votingapp.vote.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JoinedTasksTest {

    @Test
    void whatComesBeforeTheThreadDoesSharesIt() {
        Queue<Runnable> threads = new ArrayDeque<>();
        List<Integer> done = new ArrayList<>();
        JoinedTasks tasks = new JoinedTasks(threads::add);

        IntStream.range(0, 20).forEach(number -> tasks.execute(() -> done.add(number)));
        assertThat(threads).hasSize(1);
        threads.remove().run();

        assertThat(done).isEqualTo(IntStream.range(0, 20).boxed().toList());
    }

    @Test
    void whatComesLaterIsRunToo() {
        Queue<Runnable> threads = new ArrayDeque<>();
        List<String> done = new ArrayList<>();
        JoinedTasks tasks = new JoinedTasks(threads::add);

        tasks.execute(() -> done.add("first"));
        threads.remove().run();
        tasks.execute(() -> done.add("second"));
        threads.remove().run();

        assertThat(done).containsExactly("first", "second");
    }

    @Test
    void oneThatBlocksHoldsUpNoOther() throws InterruptedException {
        ExecutorService threads = Executors.newCachedThreadPool();
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch others = new CountDownLatch(100);
        CountDownLatch free = new CountDownLatch(1);
        try {
            JoinedTasks tasks = new JoinedTasks(threads);
            tasks.execute(() -> {
                blocked.countDown();
                awaitFor(free);
            });
            assertThat(blocked.await(10, TimeUnit.SECONDS)).isTrue();
            IntStream.range(0, 100).forEach(number -> tasks.execute(others::countDown));
            assertThat(others.await(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            free.countDown();
            threads.shutdown();
        }
    }

    @Test
    void whereNoThreadIsToBeHadItIsRunAtOnce() {
        List<String> done = new ArrayList<>();
        JoinedTasks tasks = new JoinedTasks(task -> {
            throw new RejectedExecutionException("the server stops");
        });

        tasks.execute(() -> done.add("first"));
        tasks.execute(() -> done.add("second"));

        assertThat(done).containsExactly("first", "second");
    }

    private static void awaitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
