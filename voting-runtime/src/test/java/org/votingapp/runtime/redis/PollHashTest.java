package org.votingapp.runtime.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.votingapp.poll.Hours;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollOption;
import org.votingapp.poll.RegisteredPoll;
import org.votingapp.poll.RevoteRule;

class PollHashTest {

    private static final Poll POLL = new Poll(
            "pets",
            "Who?",
            "en-AU",
            List.of(new PollOption("a", "Cats, all"), new PollOption("c", "🩷")),
            RevoteRule.CHANGEABLE,
            Optional.empty(),
            Optional.of(Instant.parse("2027-03-01T09:00:00.123456Z")));

    @Test
    void whatIsReadIsWhatWasWritten() {
        RegisteredPoll registered = new RegisteredPoll(POLL, Map.of("a", 2L, "c", 1L), 0);
        RegisteredPoll read =
                PollHash.read("pets", PollHash.write(registered), 3).orElseThrow();
        assertThat(read.poll()).isEqualTo(POLL);
        assertThat(read.votes("a")).isEqualTo(2);
        assertThat(read.votes("c")).isEqualTo(1);
        assertThat(read.unrecorded()).isZero();
    }

    @Test
    void votersBeyondTheRecordedVotesHaveVotesThatAreNotRecorded() {
        Map<String, String> fields = PollHash.write(new RegisteredPoll(POLL, Map.of("a", 2L), 0));
        assertThat(PollHash.read("pets", fields, 5))
                .map(RegisteredPoll::unrecorded)
                .contains(3L);
        assertThat(PollHash.read("pets", fields, 0))
                .map(RegisteredPoll::unrecorded)
                .contains(0L);
    }

    /** One HSET replaces all, so that nothing stays of options and hours that a poll had before. */
    @Test
    void everyPollHasTheSameFields() {
        Poll other = new Poll("p", "?", "en", List.of(), RevoteRule.FINAL, Optional.empty(), Optional.empty());
        assertThat(PollHash.write(new RegisteredPoll(other, Map.of(), 0)).keySet())
                .isEqualTo(PollHash.write(new RegisteredPoll(POLL, Map.of(), 0)).keySet());
    }

    @Test
    void aPollWithCodesIsReadWithItsTimeOfOpening() {
        Poll opening = POLL.withHours(new Hours(Optional.of(Instant.parse("2027-03-01T08:00:00Z")), POLL.closes()));
        Map<String, String> fields = PollHash.write(new RegisteredPoll(opening, Map.of(), 0), true);

        assertThat(fields).containsEntry(PollHash.NEEDS_CODE, "1");
        assertThat(PollHash.read("pets", fields, 0).map(RegisteredPoll::poll)).contains(opening);
    }

    @Test
    void whatNobodyWroteIsNoPoll() {
        assertThat(PollHash.read("pets", Map.of(), 3)).isEmpty();
    }
}
