package org.votingapp.worker.drain;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.votingapp.poll.Ballot;
import org.votingapp.poll.VoterId;
import org.votingapp.runtime.health.Heartbeat;
import org.votingapp.worker.record.BallotsRefusedException;
import org.votingapp.worker.record.HalvingRecorder;
import org.votingapp.worker.record.ReceivedBallot;
import org.votingapp.worker.stream.EntryId;

class BeatingRecorderTest {

    @Test
    void theHeartBeatsBeforeEachTransaction() throws Exception {
        AtomicLong nanos = new AtomicLong();
        Heartbeat heartbeat = new Heartbeat(nanos::get);
        List<Duration> ages = new ArrayList<>();
        HalvingRecorder recorder = new HalvingRecorder(new BeatingRecorder(
                ballots -> {
                    ages.add(heartbeat.age());
                    nanos.addAndGet(Duration.ofSeconds(30).toNanos());
                    throw new BallotsRefusedException("all of them", false, new SQLException());
                },
                heartbeat));
        List<ReceivedBallot> ballots = LongStream.range(0, 100)
                .mapToObj(number ->
                        new ReceivedBallot(new EntryId(number, 0), new Ballot("cats", new VoterId(0, number), "a")))
                .toList();

        recorder.record(ballots);
        assertThat(ages).hasSize(199).containsOnly(Duration.ZERO);
    }
}
