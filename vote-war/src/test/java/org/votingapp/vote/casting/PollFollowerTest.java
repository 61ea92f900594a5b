package org.votingapp.vote.casting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollDefinition;
import org.votingapp.poll.ResultsRule;
import org.votingapp.poll.RevoteRule;
import org.votingapp.vote.casting.BallotBox.Published;

/** What a vote server asks every second, and what it knows while nobody answers. */
class PollFollowerTest {

    private final RecordingBallotBox ballotBox = new RecordingBallotBox();
    private final HousePoll house = new HousePoll(TestPolls.catsVsDogs(RevoteRule.FINAL));
    private final PollDirectory directory = new PollDirectory(house);
    private final PollFollower follower = new PollFollower(house, directory, ballotBox);

    @Test
    void theFirstLookReadsAllAndEachNextOneWhatIsNew() {
        ballotBox.publish(published("lunch", 10, false));
        ballotBox.publish(published("dinner", 20, true));
        follower.look();
        ballotBox.publish(published("breakfast", 30, true));
        follower.look();
        follower.look();

        assertThat(ballotBox.asked()).containsExactly(0L, 10L, 20L, 30L);
        assertThat(List.of("lunch", "dinner", "breakfast"))
                .allSatisfy(id -> assertThat(directory.poll(id)).isPresent());
    }

    @Test
    void onceInFiveMinutesALookReadsAllAgain() {
        ballotBox.publish(published("lunch", 10, true));
        for (int look = 0; look <= 300; look++) {
            follower.look();
        }

        assertThat(ballotBox.asked()).hasSize(301).startsWith(0L, 10L).endsWith(10L, 0L);
    }

    @Test
    void whatIsKnownStaysWhileNobodyAnswersAndTheNextLookGoesOn() {
        ballotBox.publish(published("lunch", 10, true));
        follower.look();
        ballotBox.fallSilent();
        follower.look();

        assertThat(directory.poll("lunch")).isPresent();
        ballotBox.speakAgain();
        ballotBox.publish(published("dinner", 20, true));
        follower.look();
        assertThat(ballotBox.asked()).containsExactly(0L, 10L);
        assertThat(directory.poll("dinner")).isPresent();
    }

    private static Published published(String id, long until, boolean last) {
        Poll poll = TestPolls.named(id);
        return new Published(
                List.of(new PollDefinition(poll, ResultsRule.LIVE, Optional.empty(), Optional.empty())),
                List.of(),
                until,
                last);
    }
}
