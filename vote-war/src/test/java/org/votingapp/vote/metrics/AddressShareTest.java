package org.votingapp.vote.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressShareTest {

    private long now;
    private final AddressShare share = new AddressShare(() -> now);
    private final List<String> told = new ArrayList<>();
    private final Logger log = Logger.getLogger(AddressShare.class.getName());
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord line) {
            told.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        log.addHandler(listener);
    }

    @AfterEach
    void listenNoMore() {
        log.removeHandler(listener);
    }

    @Test
    void anAddressThatCastsMostVotesIsFoundInItsSecondMinute() {
        minute("10.244.1.7", 40, 20);
        assertThat(share.share()).isZero();
        minute("10.244.1.7", 45, 15);

        assertThat(share.share()).isEqualTo(0.75);
        assertThat(told)
                .singleElement()
                .asString()
                .startsWith("45 of 60 votes of the last minute came from 10.244.1.7, a private address")
                .contains("TRUSTED_PROXIES");
    }

    @Test
    void manyAddressesAreNone() {
        minute("10.244.1.7", 30, 30);
        minute("10.244.1.7", 30, 30);
        assertThat(share.share()).isZero();
        assertThat(told).isEmpty();
    }

    /** One voter who tries again and again is no proxy. */
    @Test
    void inAMinuteOfFewVotesNobodyCastsMost() {
        minute("10.244.1.7", AddressShare.FEWEST_VOTES - 1, 0);
        minute("10.244.1.7", AddressShare.FEWEST_VOTES - 1, 0);
        assertThat(share.share()).isZero();
    }

    @Test
    void itIsToldOnceAndThatItIsOver() {
        for (int i = 0; i < 4; i++) {
            minute("10.244.1.7", 40, 0);
        }
        minute("10.244.1.7", 0, 40);
        assertThat(share.share()).isZero();
        assertThat(told).hasSize(2).last().isEqualTo("No address casts most votes any more");
    }

    @Test
    void whatNobodyVotesAnyMoreIsForgotten() {
        minute("10.244.1.7", 40, 0);
        minute("10.244.1.7", 40, 0);
        now += Duration.ofMinutes(1).toNanos();
        assertThat(share.share()).isZero();
    }

    /** A public one may be a voter's, whose address no log needs. */
    @ParameterizedTest
    @CsvSource({
        "192.168.3.4, true",
        "172.31.0.9, true",
        "100.64.1.2, true",
        "127.0.0.1, true",
        "fd12:3456:789a:1::/64, true",
        "198.51.100.4, false",
        "100.128.1.2, false",
        "2001:db8:0:1::/64, false",
        "unknown, false"
    })
    void onlyAPrivateAddressIsNamed(String address, boolean named) {
        minute(address, 40, 0);
        minute(address, 40, 0);
        assertThat(share.share()).isEqualTo(1);
        assertThat(told).singleElement().asString().contains("40 of 40 votes");
        assertThat(told.get(0).contains(address)).isEqualTo(named);
    }

    private void minute(String address, int itsVotes, int others) {
        for (int i = 0; i < Math.max(itsVotes, others); i++) {
            if (i < itsVotes) {
                share.count(address);
            }
            if (i < others) {
                share.count("203.0.113." + i);
            }
        }
        now += Duration.ofMinutes(1).toNanos();
    }
}
