package org.votingapp.vote.casting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollDefinition;
import org.votingapp.poll.PollState;
import org.votingapp.poll.Pseudonyms;
import org.votingapp.poll.RegisteredPoll;
import org.votingapp.poll.ResultsRule;
import org.votingapp.poll.RevoteRule;
import org.votingapp.poll.Room;
import org.votingapp.poll.RoomCode;
import org.votingapp.poll.VoterId;
import org.votingapp.vote.casting.BallotBox.Look;
import org.votingapp.vote.casting.BallotBox.Published;

/** Which polls and rooms a vote server knows. */
class PollDirectoryTest {

    private static final VoterId VOTER = new VoterId(1, 2);
    private static final RoomCode CODE = new RoomCode("KXT4M7");
    private static final UUID KEY = new UUID(0x0001_0203_0405_0607L, 0x0809_0a0b_0c0d_0e0fL);

    private final Poll house = TestPolls.catsVsDogs(RevoteRule.FINAL);
    private final PollDirectory directory =
            new PollDirectory(new HousePoll(house, Clock.fixed(TestPolls.CLOSES, ZoneOffset.UTC), () -> 0));

    @Test
    void aPublishedPollIsKnownByItsIdAndByTheRoomWhereItIsOnStage() {
        Poll lunch = TestPolls.named("lunch");
        directory.learn(published(List.of(definition(lunch, Optional.of(KEY))), List.of(room("lunch"))));

        assertThat(directory.poll("lunch").orElseThrow().poll()).isEqualTo(lunch);
        assertThat(directory
                        .onStage(directory.room(CODE).orElseThrow())
                        .orElseThrow()
                        .poll())
                .isEqualTo(lunch);
        assertThat(directory.poll("dinner")).isEmpty();
        assertThat(directory.room(new RoomCode("KXT4M8"))).isEmpty();
    }

    @Test
    void aRoomFollowsItsStage() {
        directory.learn(published(
                List.of(
                        definition(TestPolls.named("lunch"), Optional.empty()),
                        definition(TestPolls.named("dinner"), Optional.empty())),
                List.of(room("lunch"))));
        directory.learn(published(List.of(), List.of(room("dinner"))));

        assertThat(directory
                        .onStage(directory.room(CODE).orElseThrow())
                        .orElseThrow()
                        .id())
                .isEqualTo("dinner");
        assertThat(directory.poll("lunch"))
                .as("as long as it takes votes by its id")
                .isPresent();
    }

    @Test
    void aPollWithAKeyNamesVotersByPseudonymsAndOneWithoutByTheirIds() {
        directory.learn(published(
                List.of(
                        definition(TestPolls.named("lunch"), Optional.of(KEY)),
                        definition(TestPolls.named("older"), Optional.empty())),
                List.of()));

        byte[] key = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
        assertThat(name(directory.poll("lunch").orElseThrow()))
                .contains(new Pseudonyms(key).of(VOTER))
                .isNotEqualTo(Optional.of(VOTER));
        assertThat(name(directory.poll("older").orElseThrow())).contains(VOTER);
    }

    /** With another one, each voter could vote again. */
    @Test
    void aPollKeepsItsKey() {
        Poll lunch = TestPolls.named("lunch");
        directory.learn(published(List.of(definition(lunch, Optional.of(KEY))), List.of()));
        Optional<VoterId> name = name(directory.poll("lunch").orElseThrow());

        directory.learn(published(List.of(definition(lunch, Optional.of(new UUID(3, 4)))), List.of()));
        directory.learn(published(List.of(definition(lunch, Optional.empty())), List.of()));

        assertThat(name(directory.poll("lunch").orElseThrow())).isEqualTo(name);
    }

    @Test
    void theHousePollKeepsItsConfiguredWordsAndTakesItsKeyFromItsDefinition() {
        directory.learn(look(true));
        assertThat(directory.house().names()).as("its definition follows").isEmpty();

        Poll other = new Poll(
                house.id(),
                "Another question?",
                "de",
                house.options(),
                RevoteRule.CHANGEABLE,
                Optional.empty(),
                Optional.empty());
        directory.learn(published(List.of(definition(other, Optional.of(KEY))), List.of()));

        assertThat(directory.house().poll()).isEqualTo(house);
        assertThat(name(directory.house())).isPresent().isNotEqualTo(Optional.of(VOTER));
        assertThat(directory.poll(house.id()).orElseThrow().poll()).isEqualTo(house);
    }

    @Test
    void beforeAnyWorkerHasPublishedTheHousePollItsNamesAreUnknown() {
        assertThat(directory.house().names()).isEmpty();
        directory.learn(new Look(TestPolls.OPENS, Optional.empty(), false));
        assertThat(directory.house().names()).isEmpty();
    }

    /** Its polls have ballots with voters' own ids. */
    @Test
    void aWorkerOfTheReleaseBeforePublishesNoDefinitionAndTheHousePollTakesVotes() {
        directory.learn(look(false));
        assertThat(name(directory.house())).contains(VOTER);

        directory.learn(published(List.of(definition(house, Optional.empty())), List.of()));
        directory.learn(look(true));
        assertThat(name(directory.house())).contains(VOTER);
    }

    @Test
    void aPollIsOpenByTheBallotBoxsClock() {
        directory.learn(new Look(TestPolls.OPENS, Optional.empty(), true));
        Poll withHours = new Poll(
                "lunch",
                "Where?",
                "en",
                house.options(),
                RevoteRule.FINAL,
                Optional.of(TestPolls.OPENS),
                Optional.of(TestPolls.CLOSES));
        directory.learn(published(List.of(definition(withHours, Optional.empty())), List.of()));
        OfferedPoll offered = directory.poll("lunch").orElseThrow();

        assertThat(offered.state()).isEqualTo(PollState.OPEN);
        directory.learn(new Look(TestPolls.CLOSES, Optional.empty(), true));
        assertThat(offered.state()).isEqualTo(PollState.CLOSED);
    }

    @Test
    void aDeletedRoomIsKnownAndItsPollsAreDeletedWithIt() {
        directory.learn(
                published(List.of(definition(TestPolls.named("lunch"), Optional.empty())), List.of(room("lunch"))));
        assertThat(directory.isDeleted("lunch")).isFalse();

        directory.learn(published(List.of(), List.of(new Room(CODE, "-", List.of(), Optional.empty(), true))));

        assertThat(directory.room(CODE).orElseThrow().deleted()).isTrue();
        assertThat(directory.isDeleted("lunch")).isTrue();
        assertThat(directory.isDeleted("never")).isFalse();
    }

    @Test
    void theHouseRoomHasNoCode() {
        directory.learn(published(
                List.of(), List.of(new Room(RoomCode.HOUSE, "House", List.of("lunch"), Optional.of("lunch")))));

        assertThat(directory.room(RoomCode.HOUSE)).isEmpty();
    }

    @Test
    void noMoreThanTheMostAreKnownAndThoseKnownChangeOn() {
        List<PollDefinition> polls = new ArrayList<>();
        List<Room> rooms = new ArrayList<>();
        for (int poll = 0; poll <= PollDirectory.MOST; poll++) {
            polls.add(definition(TestPolls.named("poll-" + poll), Optional.empty()));
            rooms.add(new Room(code(poll), "Room", List.of(), Optional.empty()));
        }
        directory.learn(published(polls, rooms));

        String last = "poll-" + PollDirectory.MOST;
        assertThat(directory.poll("poll-0")).isPresent();
        assertThat(directory.poll(last)).isEmpty();
        assertThat(directory.room(code(0))).isPresent();
        assertThat(directory.room(code(PollDirectory.MOST))).isEmpty();
        directory.learn(published(List.of(), List.of(new Room(code(0), "Renamed", List.of(), Optional.empty()))));
        assertThat(directory.room(code(0)).orElseThrow().title()).isEqualTo("Renamed");
    }

    private static RoomCode code(int number) {
        StringBuilder code = new StringBuilder();
        for (int rest = number; code.length() < RoomCode.LENGTH; rest /= RoomCode.ALPHABET.length()) {
            code.append(RoomCode.ALPHABET.charAt(rest % RoomCode.ALPHABET.length()));
        }
        return new RoomCode(code.toString());
    }

    private Look look(boolean defined) {
        Instant now = TestPolls.OPENS;
        return new Look(now, Optional.of(new RegisteredPoll(house, Map.of(), 0)), defined);
    }

    private static Optional<VoterId> name(OfferedPoll offered) {
        return offered.names().map(names -> names.apply(VOTER));
    }

    private static Room room(String onStage) {
        return new Room(CODE, "Town hall", List.of("lunch", "dinner"), Optional.of(onStage));
    }

    private static PollDefinition definition(Poll poll, Optional<UUID> key) {
        return new PollDefinition(poll, ResultsRule.LIVE, Optional.of(CODE), key);
    }

    private static Published published(List<PollDefinition> polls, List<Room> rooms) {
        return new Published(polls, rooms, 1, true);
    }
}
