package org.votingapp.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HoursTest {

    private static final Instant NOON = Instant.parse("2027-03-01T12:00:00Z");
    private static final Hours ALWAYS = new Hours(Optional.empty(), Optional.empty());
    private static final Hours UNTIL_NOON = new Hours(Optional.empty(), Optional.of(NOON));
    private static final Hours FROM_NOON = new Hours(Optional.of(NOON), Optional.empty());

    @Test
    void anOrganisersHoursStandWhileConfigurationStaysTheSame() {
        assertThat(ALWAYS.unlessSteered(UNTIL_NOON, Optional.of(ALWAYS))).isEqualTo(UNTIL_NOON);
        assertThat(ALWAYS.endSteering(UNTIL_NOON, Optional.of(ALWAYS))).isFalse();
    }

    @Test
    void configurationThatChangesEndsThem() {
        assertThat(FROM_NOON.unlessSteered(UNTIL_NOON, Optional.of(ALWAYS))).isEqualTo(FROM_NOON);
        assertThat(FROM_NOON.endSteering(UNTIL_NOON, Optional.of(ALWAYS))).isTrue();
        assertThat(FROM_NOON.endSteering(ALWAYS, Optional.of(ALWAYS)))
                .as("where no organiser changed them")
                .isFalse();
    }

    @Test
    void configurationSaysTheHoursOfAPollThatItDidNotKnow() {
        assertThat(ALWAYS.unlessSteered(UNTIL_NOON, Optional.empty())).isEqualTo(ALWAYS);
    }

    @Test
    void aPollThatWaitsTakesNoVotesAndAnnouncesNoTime() {
        Poll poll = new Poll(
                "lunch",
                "Where?",
                "en",
                List.of(new PollOption("a", "Here"), new PollOption("b", "There")),
                RevoteRule.FINAL,
                Optional.empty(),
                Optional.empty());
        Poll waiting = poll.withHours(new Hours(Optional.of(Poll.WAITING), Optional.empty()));

        assertThat(waiting.waits()).isTrue();
        assertThat(waiting.announcedOpening()).isEmpty();
        assertThat(waiting.stateAt(NOON)).isEqualTo(PollState.NOT_YET_OPEN);
        assertThat(poll.withHours(FROM_NOON).waits()).isFalse();
        assertThat(poll.withHours(FROM_NOON).announcedOpening()).contains(NOON);
    }
}
