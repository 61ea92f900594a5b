package org.votingapp.organiser.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.votingapp.poll.ResultsRule;
import org.votingapp.poll.RevoteRule;

class AuditLineTest {

    private static final PollSummary POLL = new PollSummary(
            "Tea, \"black\"?",
            List.of("Yes", "No | never"),
            "en",
            RevoteRule.FINAL,
            ResultsRule.CLOSED,
            Optional.of(Instant.parse("2099-01-01T00:00:00Z")),
            Optional.empty(),
            true);

    @Test
    void aPollIsReadAsItWasKept() {
        assertThat(PollSummary.read("poll.created", POLL.json())).hasValue(POLL);
    }

    @Test
    void aPollHasTheLineOfEarlierReleases() {
        String line =
                "Tea, \"black\"? [Yes | No | never] en, final, closed, opens 2099-01-01T00:00:00Z, with voting codes";
        assertThat(AuditLine.of("poll.changed", POLL.json())).isEqualTo(line);
        assertThat(AuditLine.of("poll.changed", line)).isEqualTo(line);
    }

    @Test
    void aRecountHasTheLineOfEarlierReleases() {
        RecountSummary different =
                new RecountSummary(RecountState.DIFFERENT, 5, 4, List.of(new RecountSummary.Difference("b", 2, 1)));
        assertThat(RecountSummary.read("poll.recounted", different.json())).hasValue(different);
        assertThat(AuditLine.of("poll.recounted", different.json()))
                .isEqualTo("5 ballots, 4 in the tally; b: 2, 1 in the tally");
        assertThat(AuditLine.of("poll.recounted", new RecountSummary(RecountState.EQUAL, 5, 5, List.of()).json()))
                .isEqualTo("5 ballots, equal to the tally");
    }
}
