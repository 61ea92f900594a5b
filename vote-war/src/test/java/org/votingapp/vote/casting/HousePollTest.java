package org.votingapp.vote.casting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollOption;
import org.votingapp.poll.PollState;
import org.votingapp.poll.RegisteredPoll;
import org.votingapp.poll.RevoteRule;

/** Which poll voters see, and whether the page calls it open. */
class HousePollTest {

    private static final Instant NOON = Instant.parse("2027-03-03T12:00:00Z");

    private long nanos = -5;

    @Test
    void untilTheBallotBoxsClockIsKnownTheServersTellsTheState() {
        Poll poll = TestPolls.withHours(RevoteRule.FINAL);

        assertThat(house(poll, TestPolls.OPENS.minusNanos(1)).state()).isEqualTo(PollState.NOT_YET_OPEN);
        assertThat(house(poll, TestPolls.OPENS).state()).isEqualTo(PollState.OPEN);
        assertThat(house(poll, TestPolls.CLOSES.minusNanos(1)).state()).isEqualTo(PollState.OPEN);
        assertThat(house(poll, TestPolls.CLOSES).state()).isEqualTo(PollState.CLOSED);
    }

    @Test
    void aPollWithoutHoursIsAlwaysOpen() {
        for (Instant now : List.of(Instant.MIN, Instant.EPOCH, Instant.MAX)) {
            assertThat(house(TestPolls.catsVsDogs(RevoteRule.FINAL), now).state())
                    .as("%s", now)
                    .isEqualTo(PollState.OPEN);
        }
    }

    @Test
    void theBallotBoxsClockTellsTheStateOnceItIsKnown() {
        HousePoll house = house(TestPolls.withHours(RevoteRule.FINAL), NOON.plus(Duration.ofDays(365)));

        house.learn(TestPolls.CLOSES.minusSeconds(10), Optional.empty());
        assertThat(house.state()).isEqualTo(PollState.OPEN);
        nanos += Duration.ofSeconds(10).toNanos() - 1;
        assertThat(house.state()).isEqualTo(PollState.OPEN);
        nanos++;
        assertThat(house.state()).isEqualTo(PollState.CLOSED);
    }

    @Test
    void thePublishedHoursAndRuleCountAndTheConfiguredWords() {
        Poll configured = TestPolls.catsVsDogs(RevoteRule.FINAL);
        HousePoll house = house(configured, NOON);
        Poll published = new Poll(
                configured.id(),
                "An older question?",
                "de",
                List.of(new PollOption("a", "Older"), new PollOption("b", "Words")),
                RevoteRule.CHANGEABLE,
                Optional.of(TestPolls.OPENS),
                Optional.of(NOON));

        house.learn(NOON, Optional.of(new RegisteredPoll(published, Map.of(), 0)));

        Poll seen = house.poll();
        assertThat(seen.question()).isEqualTo(configured.question());
        assertThat(seen.options()).isEqualTo(configured.options());
        assertThat(seen.revote()).isEqualTo(RevoteRule.CHANGEABLE);
        assertThat(seen.opens()).contains(TestPolls.OPENS);
        assertThat(seen.closes()).contains(NOON);
        assertThat(house.state()).isEqualTo(PollState.CLOSED);
    }

    @Test
    void aPollThatIsPublishedAsItIsConfiguredStaysTheSameObject() {
        Poll configured = TestPolls.withHours(RevoteRule.FINAL);
        HousePoll house = house(configured, NOON);

        house.learn(NOON, Optional.of(new RegisteredPoll(TestPolls.withHours(RevoteRule.FINAL), Map.of(), 0)));

        assertThat(house.poll()).isSameAs(configured);
    }

    @Test
    void whetherTheRulesArePublishedIsWhatTheLastLookSaw() {
        Poll poll = TestPolls.catsVsDogs(RevoteRule.FINAL);
        HousePoll house = house(poll, NOON);

        assertThat(house.isPublished()).isFalse();
        house.learn(NOON, Optional.of(new RegisteredPoll(poll, Map.of(), 0)));
        assertThat(house.isPublished()).isTrue();
        house.learn(NOON, Optional.empty());
        assertThat(house.isPublished()).isFalse();
    }

    private HousePoll house(Poll poll, Instant serversTime) {
        return new HousePoll(poll, Clock.fixed(serversTime, ZoneOffset.UTC), () -> nanos);
    }
}
