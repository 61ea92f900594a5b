package org.votingapp.worker.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.votingapp.poll.Hours;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollChangeRule;
import org.votingapp.poll.PollOption;
import org.votingapp.poll.RegisteredPoll;
import org.votingapp.poll.ResultsRule;
import org.votingapp.poll.RevoteRule;
import org.votingapp.poll.Room;
import org.votingapp.poll.RoomCode;
import org.votingapp.worker.file.PollPlan;
import org.votingapp.worker.file.PollsFile;
import org.votingapp.worker.file.RoomPlan;

class SeedingTest {

    private static final Instant NOW = Instant.parse("2027-03-01T10:00:00Z");
    private static final RoomCode CODE = new RoomCode("KXT4M7");
    private static final RegisteredRooms NOTHING = new RegisteredRooms(List.of(), Set.of(), List.of());

    private static final Hours NONE = new Hours(Optional.empty(), Optional.empty());

    private final Random random = new Random(27);

    @Test
    void aFileMakesItsRoomsAndPollsInOrder() throws Exception {
        Seeds seeds = seed(
                NOTHING,
                room("KXT4M7", "Town hall", "tea", poll("lunch", "Where?"), poll("tea", "When?")),
                room("", "Annex", "", poll("dinner", "Who?")));

        assertThat(seeds.rooms()).extracting(RoomSeed::position).containsExactly(0, 1);
        assertThat(seeds.rooms().get(0).room())
                .isEqualTo(new Room(CODE, "Town hall", List.of("lunch", "tea"), Optional.of("tea")));
        assertThat(seeds.rooms().get(1).room().stage()).contains("dinner");
        assertThat(seeds.polls())
                .extracting(seed -> seed.poll().id(), PollSeed::position, PollSeed::registered)
                .containsExactly(tuple("lunch", 0, false), tuple("tea", 1, false), tuple("dinner", 0, false));
        assertThat(changes(seeds))
                .startsWith("Room KXT4M7 \"Town hall\" is new")
                .contains("Poll lunch in room KXT4M7 is new");
        assertThat(seeds.left()).isEmpty();
    }

    @Test
    void whatTheFileLeavesOutIsMadeOnceAndKept() throws Exception {
        RoomPlan[] file = {
            room("", "Annex", "", poll("", "Wo eßen wir, Chloé?"), poll("", "何を食べますか")),
            room("", "Hall", "", poll("", "Wo eßen wir, Chloé?"))
        };
        Seeds first = seed(NOTHING, file);
        assertThat(first.rooms()).extracting(seed -> seed.room().code()).doesNotHaveDuplicates();
        assertThat(first.polls()).extracting(seed -> seed.poll().id()).doesNotHaveDuplicates();
        assertThat(first.polls().get(0).poll().id()).matches("wo-e-en-wir-chloe-[2-9b-z]{6}");
        assertThat(first.polls().get(1).poll().id()).matches("poll-[2-9b-z]{6}");

        Seeds again = seed(registered(first), file);
        assertThat(again.rooms()).extracting(RoomSeed::room).isEqualTo(rooms(first));
        assertThat(changes(again)).isEmpty();

        Seeds reversed = seed(registered(first), file[1], file[0]);
        assertThat(reversed.rooms())
                .extracting(RoomSeed::room)
                .containsExactly(rooms(first).get(1), rooms(first).get(0));
    }

    @Test
    void aCodeThatIsWrittenDownLaterIsTheOneThatWasMade() throws Exception {
        Seeds first = seed(NOTHING, room("", "Annex", "", poll("tea", "When?")));
        String code = rooms(first).get(0).code().value();
        assertThat(changes(seed(registered(first), room(code, "Annex", "", poll("tea", "When?")))))
                .isEmpty();
        assertThat(changes(seed(registered(first), room(code, "The annex", "", poll("tea", "When?")))))
                .containsExactly("Room " + code + " changes: title \"Annex\" → \"The annex\"");
    }

    @Test
    void aCodeOrIdThatTheFileNamesElsewhereIsNotTakenByTitleOrQuestion() throws Exception {
        Seeds first = seed(NOTHING, room("KXT4M7", "Annex", "", poll("tea", "When?")));
        Seeds next = seed(
                registered(first),
                room("", "Annex", "", poll("", "When?")),
                room("KXT4M7", "Annex", "", poll("", "When?"), poll("tea", "When?")));
        assertThat(rooms(next))
                .extracting(Room::code)
                .doesNotHaveDuplicates()
                .element(1)
                .isEqualTo(CODE);
        assertThat(next.polls())
                .extracting(seed -> seed.poll().id())
                .doesNotHaveDuplicates()
                .element(2)
                .isEqualTo("tea");
    }

    /** Another seed of randomness would be luck: this one makes the same codes again. */
    @Test
    void aCodeOrIdThatIsTakenIsNotMadeAgain() throws Exception {
        Seeds first = Seeding.of(
                new PollsFile(List.of(room("", "A", "", poll("", "When?")))),
                NOTHING,
                new PollChangeRule(false),
                NOW,
                new Random(1));
        Seeds next = Seeding.of(
                new PollsFile(List.of(room("", "B", "", poll("", "When?")))),
                registered(first),
                new PollChangeRule(false),
                NOW,
                new Random(1));
        assertThat(rooms(next).get(0).code()).isNotEqualTo(rooms(first).get(0).code());
        assertThat(next.polls().get(0).poll().id())
                .isNotEqualTo(first.polls().get(0).poll().id());
        Seeds named = Seeding.of(
                new PollsFile(List.of(
                        room("", "B", "", poll("", "When?")),
                        room(
                                rooms(first).get(0).code().value(),
                                "C",
                                "",
                                poll(first.polls().get(0).poll().id(), "When?")))),
                NOTHING,
                new PollChangeRule(false),
                NOW,
                new Random(1));
        assertThat(rooms(named)).extracting(Room::code).doesNotHaveDuplicates();
        assertThat(named.polls()).extracting(seed -> seed.poll().id()).doesNotHaveDuplicates();
    }

    @Test
    void aPollThatLeftTheFileLeavesTheOrderAndComesBackAsItself() throws Exception {
        RoomPlan both = room("KXT4M7", "Hall", "", poll("", "Where?"), poll("", "When?"));
        Seeds first = seed(NOTHING, both);
        String where = rooms(first).get(0).polls().get(0);
        String when = rooms(first).get(0).polls().get(1);

        Seeds without = seed(registered(first), room("KXT4M7", "Hall", "", poll("", "When?")));
        assertThat(without.left()).containsExactly(where);
        assertThat(rooms(without)).containsExactly(new Room(CODE, "Hall", List.of(when), Optional.of(when)));
        assertThat(changes(without))
                .containsExactly("Room KXT4M7 changes: polls %s, %s → %s; on stage %s → %s"
                        .formatted(where, when, when, where, when));

        List<RoomPoll> all = registered(first).polls();
        Seeds back = seed(new RegisteredRooms(rooms(without), Set.of(), all), both);
        assertThat(rooms(back).get(0).polls()).containsExactly(where, when);
    }

    /** A round asks the same question again, and only one of them can be in the file's order. */
    @Test
    void ofTwoRoundsTheOneInTheRoomsOrderIsTheFiles() throws Exception {
        RoomPoll earlier = registered("aaa", CODE, Map.of(), "Who?", "A", "B");
        RoomPoll present = registered("bbb", CODE, Map.of(), "Who?", "A", "B");
        Room room = new Room(CODE, "Hall", List.of("bbb"), Optional.of("bbb"));
        for (List<RoomPoll> polls : List.of(List.of(earlier, present), List.of(present, earlier))) {
            Seeds seeds = seed(
                    new RegisteredRooms(List.of(room), Set.of(), polls), room("KXT4M7", "Hall", "", poll("", "Who?")));
            assertThat(changes(seeds)).isEmpty();
        }
    }

    @Test
    void aRoomThatLeftTheFileStaysAsItIs() throws Exception {
        Seeds first = seed(NOTHING, room("KXT4M7", "Hall", "", poll("tea", "When?")));
        Seeds next = seed(registered(first));
        assertThat(next).isEqualTo(new Seeds(List.of(), List.of(), List.of(), List.of()));
    }

    @Test
    void theStageStaysWhereTheFileLeavesItOpen() throws Exception {
        Seeds first = seed(NOTHING, room("KXT4M7", "Hall", "tea", poll("lunch", "Where?"), poll("tea", "When?")));
        Seeds open = seed(registered(first), room("KXT4M7", "Hall", "", poll("lunch", "Where?"), poll("tea", "When?")));
        assertThat(changes(open)).isEmpty();
        Seeds without = seed(registered(first), room("KXT4M7", "Hall", "", poll("lunch", "Where?")));
        assertThat(rooms(without).get(0).stage()).contains("lunch");
    }

    @Test
    void aPollThatMovesKeepsItsVotesAndLeavesNoRoomWithoutOne() throws Exception {
        RoomCode other = new RoomCode("BCDFGH");
        RoomPoll tea = registered("tea", CODE, Map.of("a", 3L), "When?", "A", "B");
        Room before = new Room(CODE, "Hall", List.of("tea"), Optional.of("tea"));
        Seeds seeds = seed(
                new RegisteredRooms(List.of(before), Set.of(), List.of(tea)),
                room("KXT4M7", "Hall", "", poll("lunch", "Where?")),
                room("BCDFGH", "Annex", "", poll("tea", "When?")));
        assertThat(seeds.left()).isEmpty();
        assertThat(seeds.polls().get(1))
                .isEqualTo(new PollSeed(
                        tea.registered().poll(),
                        tea.registered().poll().hours(),
                        ResultsRule.LIVE,
                        other,
                        0,
                        true,
                        Optional.of("Poll tea moves: room KXT4M7 → BCDFGH")));
    }

    @Test
    void aChangeIsToldAndAnotherRuleForTheResultToo() throws Exception {
        RoomPoll tea = registered("tea", CODE, Map.of("a", 3L), "When?", "A", "B");
        Room room = new Room(CODE, "Hall", List.of("tea"), Optional.of("tea"));
        PollPlan changed = new PollPlan(
                Optional.of("tea"),
                "At what time?",
                "en",
                options("A", "B"),
                RevoteRule.FINAL,
                ResultsRule.CLOSED,
                Optional.empty(),
                Optional.empty());
        assertThat(changes(seed(
                        new RegisteredRooms(List.of(room), Set.of(), List.of(tea)),
                        room("KXT4M7", "Hall", "", changed))))
                .containsExactly("Poll tea (3 votes) changes: question \"When?\" → \"At what time?\"; "
                        + "Poll tea changes: results live → closed");
    }

    @Test
    void anOrganisersHoursStandUntilTheFileGivesOthers() throws Exception {
        Hours closed = new Hours(Optional.empty(), Optional.of(NOW.minusSeconds(60)));
        RoomPoll tea = steered(registered("tea", CODE, Map.of("a", 3L), "When?"), closed, false, Optional.of(NONE));
        RegisteredRooms before = hallWith(List.of("tea"), tea);

        Seeds same = seed(before, room("KXT4M7", "Hall", "", poll("tea", "When?")));
        assertThat(changes(same)).isEmpty();
        assertThat(same.polls().get(0).poll().hours()).isEqualTo(closed);

        Hours later = new Hours(Optional.empty(), Optional.of(NOW.minusSeconds(30)));
        PollPlan other = new PollPlan(
                Optional.of("tea"),
                "When?",
                "en",
                options("A", "B"),
                RevoteRule.FINAL,
                ResultsRule.LIVE,
                later.opens(),
                later.closes());
        Seeds changed = seed(before, room("KXT4M7", "Hall", "", other));
        assertThat(changed.polls().get(0).poll().hours()).isEqualTo(later);
        assertThat(changed.polls().get(0).configured()).isEqualTo(later);
        assertThat(changes(changed))
                .singleElement()
                .asString()
                .endsWith("the organiser's hours end, since configuration gives others than before");
    }

    @Test
    void roomsOfOrganisersAreLeftAlone() throws Exception {
        RoomPoll tea = steered(registered("tea", CODE, Map.of(), "When?"), NONE, false, Optional.empty());
        Room theirs = new Room(CODE, "Hall", List.of("tea"), Optional.of("tea"));
        RegisteredRooms before = new RegisteredRooms(List.of(theirs), Set.of(CODE), List.of(tea));

        Seeds seeds = seed(before, room("", "Hall", "", poll("", "When?")));
        assertThat(rooms(seeds).get(0).code()).as("a room of the same title").isNotEqualTo(CODE);
        assertThat(seeds.polls().get(0).poll().id()).isNotEqualTo("tea");
        assertThat(seeds.left()).isEmpty();

        assertThatThrownBy(() -> seed(
                        before,
                        room("KXT4M7", "Hall", "", poll("lunch", "Where?")),
                        room("", "Annex", "", poll("tea", "When?"))))
                .isInstanceOf(SeedingRefusedException.class)
                .hasMessage(
                        "Room KXT4M7 belongs to an organiser. Give the file's room another code.\n"
                                + "Poll tea is in room KXT4M7, which belongs to an organiser. Give the file's poll another id.");
    }

    @Test
    void pollsThatOrganisersAddedToTheFilesRoomsStayWhereTheyAre() throws Exception {
        RoomPoll again = steered(registered("again", CODE, Map.of(), "When?"), NONE, false, Optional.empty());
        RegisteredRooms before = hallWith(
                List.of("tea", "again", "lunch"),
                registered("tea", CODE, Map.of(), "When?"),
                again,
                registered("lunch", CODE, Map.of(), "Where?"));

        Seeds seeds = seed(before, room("KXT4M7", "Hall", "", poll("", "When?"), poll("lunch", "Where?")));
        assertThat(changes(seeds)).isEmpty();
        assertThat(seeds.left()).isEmpty();
        assertThat(rooms(seeds).get(0).polls()).containsExactly("tea", "again", "lunch");

        Seeds reordered = seed(before, room("KXT4M7", "Hall", "", poll("lunch", "Where?"), poll("tea", "When?")));
        assertThat(rooms(reordered).get(0).polls()).containsExactly("lunch", "tea", "again");
    }

    @Test
    void anArchivedPollStaysOutOfItsRoom() throws Exception {
        RoomPoll tea = steered(registered("tea", CODE, Map.of(), "When?"), NONE, true, Optional.of(NONE));
        RegisteredRooms before = hallWith(List.of("lunch"), tea, registered("lunch", CODE, Map.of(), "Where?"));

        Seeds seeds = seed(before, room("KXT4M7", "Hall", "tea", poll("tea", "When?"), poll("lunch", "Where?")));
        assertThat(rooms(seeds).get(0).polls()).containsExactly("lunch");
        assertThat(rooms(seeds).get(0).stage()).contains("lunch");
    }

    @Test
    void aRoomOfTheFileThatWasDeletedStaysDeleted() throws Exception {
        Room deleted = new Room(CODE, "-", List.of(), Optional.empty(), true);
        Seeds seeds = seed(
                new RegisteredRooms(List.of(deleted), Set.of(), List.of()),
                room("KXT4M7", "Hall", "", poll("tea", "When?")));
        assertThat(seeds.rooms()).isEmpty();
        assertThat(seeds.polls()).isEmpty();
        assertThat(seeds.changes())
                .containsExactly("Room KXT4M7 was deleted and stays so; take it out of the file of polls");
    }

    private static RegisteredRooms hallWith(List<String> order, RoomPoll... polls) {
        return new RegisteredRooms(
                List.of(new Room(CODE, "Hall", order, Optional.of(order.get(0)))), Set.of(), List.of(polls));
    }

    @Test
    void changesThatBetrayVotersAreRefusedTogetherWithTheCounts() {
        RegisteredRooms before = new RegisteredRooms(
                List.of(new Room(CODE, "Hall", List.of("tea", "who"), Optional.of("tea"))),
                Set.of(),
                List.of(
                        registered("tea", CODE, Map.of("a", 3L), "When?", "A", "B"),
                        registered("who", CODE, Map.of("b", 1L), "Who?", "A", "B", "C")));
        RoomPlan[] file = {
            room(
                    "KXT4M7",
                    "Hall",
                    "",
                    poll("tea", "When?", "B", "A"),
                    poll("who", "Who?", "A", "D", "C"),
                    poll("new", "?"))
        };
        assertThatThrownBy(() -> seed(before, file))
                .isInstanceOf(SeedingRefusedException.class)
                .message()
                .satisfies(message -> assertThat(message.lines())
                        .satisfiesExactly(
                                line -> assertThat(line)
                                        .contains(
                                                "Poll tea ",
                                                "(3 votes)",
                                                "option a (3 votes) \"A\" → \"B\"",
                                                "Restore options: [\"A\", \"B\"], or give it another id"),
                                line -> assertThat(line).contains("Poll who ", "option b (1 vote) \"B\" → \"D\"")));
    }

    @Test
    void whatTheOperatorAcceptsIsSeeded() throws Exception {
        RegisteredRooms before = new RegisteredRooms(
                List.of(new Room(CODE, "Hall", List.of("tea"), Optional.of("tea"))),
                Set.of(),
                List.of(registered("tea", CODE, Map.of("a", 3L), "When?", "A", "B")));
        Seeds seeds = Seeding.of(
                new PollsFile(List.of(room("KXT4M7", "Hall", "", poll("tea", "When?", "B", "A")))),
                before,
                new PollChangeRule(true),
                NOW,
                random);
        assertThat(changes(seeds)).singleElement().asString().startsWith("Poll tea (3 votes) changes: option a");
    }

    private Seeds seed(RegisteredRooms registered, RoomPlan... rooms) throws SeedingRefusedException {
        return Seeding.of(new PollsFile(List.of(rooms)), registered, new PollChangeRule(false), NOW, random);
    }

    /** As the seeds are registered where nothing was. */
    private static RegisteredRooms registered(Seeds seeds) {
        return new RegisteredRooms(
                rooms(seeds),
                Set.of(),
                seeds.polls().stream()
                        .map(seed -> new RoomPoll(
                                new RegisteredPoll(seed.poll(), Map.of(), 0),
                                seed.results(),
                                Optional.of(seed.room()),
                                Optional.empty(),
                                false,
                                Optional.of(seed.configured())))
                        .toList());
    }

    private static List<Room> rooms(Seeds seeds) {
        return seeds.rooms().stream().map(RoomSeed::room).toList();
    }

    private static List<String> changes(Seeds seeds) {
        List<String> changes = new ArrayList<>();
        Stream.concat(
                        seeds.rooms().stream().map(RoomSeed::change),
                        seeds.polls().stream().map(PollSeed::change))
                .forEach(change -> change.ifPresent(changes::add));
        return changes;
    }

    private static RoomPoll registered(
            String id, RoomCode room, Map<String, Long> votes, String question, String... labels) {
        Poll poll = poll(id, question, labels).poll(id);
        return new RoomPoll(
                new RegisteredPoll(poll, votes, 0),
                ResultsRule.LIVE,
                Optional.of(room),
                Optional.empty(),
                false,
                Optional.of(poll.hours()));
    }

    /** With hours and marks of an organiser. */
    private static RoomPoll steered(RoomPoll poll, Hours hours, boolean archived, Optional<Hours> configured) {
        RegisteredPoll before = poll.registered();
        return new RoomPoll(
                new RegisteredPoll(before.poll().withHours(hours), before.votes(), 0),
                poll.results(),
                poll.room(),
                poll.ballotsDeleted(),
                archived,
                configured);
    }

    private static RoomPlan room(String code, String title, String stage, PollPlan... polls) {
        return new RoomPlan(
                RoomCode.parse(code), title, Optional.of(stage).filter(id -> !id.isEmpty()), List.of(polls));
    }

    private static PollPlan poll(String id, String question, String... labels) {
        return new PollPlan(
                Optional.of(id).filter(given -> !given.isEmpty()),
                question,
                "en",
                labels.length == 0 ? options("A", "B") : options(labels),
                RevoteRule.FINAL,
                ResultsRule.LIVE,
                Optional.empty(),
                Optional.empty());
    }

    private static List<PollOption> options(String... labels) {
        return IntStream.range(0, labels.length)
                .mapToObj(i -> new PollOption(Poll.keyAt(i), labels[i]))
                .toList();
    }
}
