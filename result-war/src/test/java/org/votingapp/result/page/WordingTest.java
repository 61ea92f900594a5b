package org.votingapp.result.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollState;
import org.votingapp.result.tally.Tallies;

class WordingTest {

    private static final Optional<Instant> OPENS = Optional.of(Instant.parse("2027-03-01T09:00:00Z"));
    private static final Optional<Instant> CLOSES = Optional.of(Instant.parse("2027-03-02T18:30:00Z"));

    @Test
    void votesAreCountedInWords() {
        assertThat(Wording.votes(0)).isEqualTo("0 votes");
        assertThat(Wording.votes(1)).isEqualTo("1 vote");
        assertThat(Wording.votes(1234567)).isEqualTo("1,234,567 votes");
        assertThat(Wording.total(0)).isEqualTo("No votes yet");
        assertThat(Wording.total(1)).isEqualTo("1 vote");
    }

    @Test
    void itSaysWhenVotingOpensEndsAndIsOver() {
        assertThat(Wording.state(PollState.NOT_YET_OPEN, poll(OPENS, CLOSES)))
                .isEqualTo("Voting opens on 1 March 2027, 09:00 UTC");
        assertThat(Wording.state(PollState.OPEN, poll(OPENS, CLOSES)))
                .isEqualTo("Voting is open until 2 March 2027, 18:30 UTC");
        assertThat(Wording.state(PollState.CLOSED, poll(OPENS, CLOSES))).isEqualTo("Voting is closed");
        assertThat(Wording.state(PollState.OPEN, poll(OPENS, Optional.empty()))).isEmpty();
    }

    private static Poll poll(Optional<Instant> opens, Optional<Instant> closes) {
        Poll poll = Tallies.poll("Cats", "Dogs");
        return new Poll(poll.id(), poll.question(), poll.language(), poll.options(), poll.revote(), opens, closes);
    }
}
