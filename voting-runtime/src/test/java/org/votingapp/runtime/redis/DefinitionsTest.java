package org.votingapp.runtime.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollDefinition;
import org.votingapp.poll.PollOption;
import org.votingapp.poll.ResultsRule;
import org.votingapp.poll.RevoteRule;
import org.votingapp.poll.Room;
import org.votingapp.poll.RoomCode;

class DefinitionsTest {

    private static final RoomCode CODE = new RoomCode("KXT4M7");

    private static final PollDefinition LUNCH = new PollDefinition(
            new Poll(
                    "lunch",
                    "Where do \"we\" eat?",
                    "en-AU",
                    List.of(new PollOption("a", "Pizza, all"), new PollOption("c", "🩷")),
                    RevoteRule.CHANGEABLE,
                    Optional.of(Instant.parse("2027-03-01T09:00:00Z")),
                    Optional.of(Instant.parse("2027-03-01T10:00:00.123456Z"))),
            ResultsRule.ORGANISER,
            Optional.of(CODE),
            Optional.of(UUID.fromString("c56a4180-65aa-42ec-a945-5fd21dec0538")));

    private static final PollDefinition HOUSE = new PollDefinition(
            new Poll("pets", "?", "en", List.of(), RevoteRule.FINAL, Optional.empty(), Optional.empty()),
            ResultsRule.LIVE,
            Optional.empty(),
            Optional.empty());

    @Test
    void pollsAreReadAsTheyWereWritten() {
        assertThat(Definitions.readPoll("lunch", Definitions.write(LUNCH))).isEqualTo(LUNCH);
        assertThat(Definitions.readPoll("pets", Definitions.write(HOUSE))).isEqualTo(HOUSE);
    }

    @Test
    void aPollThatNeedsCodesIsReadAsOne() {
        PollDefinition coded = new PollDefinition(LUNCH.poll(), LUNCH.results(), LUNCH.room(), LUNCH.voterKey(), true);
        assertThat(Definitions.readPoll("lunch", Definitions.write(coded))).isEqualTo(coded);
    }

    @Test
    void roomsAreReadAsTheyWereWritten() {
        Room full = new Room(CODE, "Town \"hall\"", List.of("lunch", "dinner"), Optional.of("dinner"));
        Room empty = new Room(CODE, "Empty", List.of(), Optional.empty());
        Room deleted = new Room(CODE, "-", List.of(), Optional.empty(), true);
        assertThat(Definitions.readRoom(CODE, Definitions.write(full))).isEqualTo(full);
        assertThat(Definitions.readRoom(CODE, Definitions.write(empty))).isEqualTo(empty);
        assertThat(Definitions.readRoom(CODE, Definitions.write(deleted))).isEqualTo(deleted);
    }

    /** A later release may add some. */
    @Test
    void unknownMembersAreIgnored() {
        String later = Definitions.write(LUNCH).replaceFirst("\\{", "{\"colour\":\"red\",");
        assertThat(Definitions.readPoll("lunch", later)).isEqualTo(LUNCH);
    }

    @Test
    void fieldsNamePollsAndRooms() {
        assertThat(Definitions.pollOf(Definitions.pollField("lunch"))).contains("lunch");
        assertThat(Definitions.roomOf(Definitions.roomField(CODE))).contains(CODE);
        assertThat(Definitions.roomOf(Definitions.roomField(RoomCode.HOUSE))).contains(RoomCode.HOUSE);
        assertThat(Definitions.roomOf("poll:KXT4M7")).isEmpty();
        assertThat(Definitions.roomOf("room:lunch")).isEmpty();
        assertThat(Definitions.pollOf("room:KXT4M7")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"question\":1}",
                "{\"question\":\"?\",\"language\":\"en\",\"options\":[],\"revote\":\"often\",\"results\":\"live\"}",
                "{\"question\":\"?\",\"language\":\"en\",\"options\":[],\"revote\":\"final\",\"results\":\"live\",\"opens\":\"soon\"}"
            })
    void whatIsNoDefinitionIsNamed(String written) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Definitions.readPoll("lunch", written))
                .withMessageContaining("poll:lunch of Redis' hash polls")
                .withMessageEndingWith(written);
    }
}
