package org.votingapp.worker.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StoreStatesTest {

    @RegisterExtension
    private final StoreLog log = new StoreLog();

    private long now;
    private final StoreStates states = new StoreStates(() -> now);

    private static StoreAwayException failure(Store store, String reason) {
        return new StoreAwayException(store, reason, new IllegalStateException());
    }

    private void pass(long seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
    }

    @Test
    void anOutageIsTwoLinesHoweverManyTriesFail() {
        states.works(Store.POSTGRES);
        states.failed(failure(Store.POSTGRES, "connection refused"));
        states.failed(failure(Store.POSTGRES, "still refused"));
        states.failed(failure(Store.POSTGRES, "starting up"));
        pass(12);
        states.works(Store.POSTGRES);
        states.works(Store.POSTGRES);

        assertThat(log.lines())
                .containsExactly(
                        "WARNING Postgres failed: connection refused; ballots wait in Redis",
                        "INFO Postgres works again after 12 s");
    }

    @Test
    void anotherReasonIsToldOnceAMinuteAtMost() {
        states.failed(failure(Store.POSTGRES, "connection refused"));
        pass(59);
        states.failed(failure(Store.POSTGRES, "starting up"));
        pass(1);
        states.failed(failure(Store.POSTGRES, "connection refused"));
        states.failed(failure(Store.POSTGRES, "no such user\nor password"));
        states.failed(failure(Store.POSTGRES, "connection refused"));
        pass(60);
        states.failed(failure(Store.POSTGRES, "no such user\nor password"));

        assertThat(log.lines())
                .containsExactly(
                        "WARNING Postgres failed: connection refused; ballots wait in Redis",
                        "WARNING Postgres failed: no such user; ballots wait in Redis");
    }

    @Test
    void aFailureCountsUntilTheStoreWorksOrItIsLongAgo() {
        Duration time = Duration.ofSeconds(30);
        assertThat(states.failureWithin(time, Store.REDIS)).isEmpty();
        states.failed(failure(Store.REDIS, "connection refused"));
        pass(20);
        StoreAwayException last = failure(Store.REDIS, "starting up");
        states.failed(last);
        pass(20);
        assertThat(states.failureWithin(time, Store.REDIS)).contains(last);
        assertThat(states.failureWithin(time, Store.POSTGRES)).isEmpty();
        pass(20);
        assertThat(states.failureWithin(time, Store.REDIS)).isEmpty();

        states.failed(failure(Store.REDIS, "connection refused"));
        states.works(Store.REDIS);
        assertThat(states.failureWithin(time, Store.REDIS)).isEmpty();
    }

    @Test
    void eachStoreHasAStateOfItsOwn() {
        states.failed(failure(Store.REDIS, "connection refused"));
        states.works(Store.POSTGRES);

        assertThat(log.lines())
                .containsExactly("WARNING Redis failed: connection refused; nothing is drained meanwhile");
    }
}
