package org.votingapp.vote.casting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.votingapp.poll.RevoteRule;
import org.votingapp.poll.Room;
import org.votingapp.poll.RoomCode;
import org.votingapp.vote.casting.BallotBox.Published;
import org.votingapp.vote.casting.RoomFinder.Found;

/** Who finds a room, and who is stopped from guessing codes. */
class RoomFinderTest {

    private static final String GUESSER = "192.0.2.1";
    private static final String NEIGHBOUR = "192.0.2.2";

    private final PollDirectory directory = new PollDirectory(new PollOnStage(TestPolls.catsVsDogs(RevoteRule.FINAL)));
    private final Room hall = new Room(new RoomCode("KXT4M7"), "Town hall", List.of(), Optional.empty());
    private final Room school = new Room(new RoomCode("KXT4M8"), "School", List.of(), Optional.empty());
    private final Random random = new Random(1);
    private long nanos = -5;
    private final RoomFinder rooms = new RoomFinder(directory, () -> nanos);

    @BeforeEach
    void publish() {
        directory.learn(new Published(List.of(), List.of(hall, school), 1, true));
    }

    @Test
    void aRoomIsFoundByItsCode() {
        assertThat(rooms.find(hall.code(), GUESSER)).isEqualTo(new Found(Optional.of(hall), 0));
        assertThat(rooms.find(RoomCode.random(random), GUESSER)).isEqualTo(new Found(Optional.empty(), 0));
    }

    @Test
    void whoAsksForKnownRoomsIsNeverStopped() {
        for (int question = 0; question < 10 * RoomFinder.MOST_GUESSES; question++) {
            assertThat(rooms.find(hall.code(), GUESSER).room()).contains(hall);
        }
    }

    /** The answer for a room that is there must not differ, or a guesser could go on. */
    @Test
    void whoGuessedTooOftenIsToldNothingAboutAnyCodeUntilTheMinuteIsOver() {
        guess(RoomFinder.MOST_GUESSES);
        nanos += TimeUnit.SECONDS.toNanos(20);

        Found unknown = rooms.find(RoomCode.random(random), GUESSER);
        assertThat(unknown.retryAfterSeconds()).isBetween(39, 41);
        assertThat(rooms.find(hall.code(), GUESSER)).isEqualTo(unknown);
        assertThat(rooms.find(hall.code(), NEIGHBOUR).room()).contains(hall);

        nanos += TimeUnit.SECONDS.toNanos(40);
        assertThat(rooms.find(hall.code(), GUESSER).room()).contains(hall);
    }

    @Test
    void theLastGuessOfTheMinuteIsAnswered() {
        guess(RoomFinder.MOST_GUESSES - 1);

        assertThat(rooms.find(school.code(), GUESSER).room()).contains(school);
        assertThat(rooms.find(RoomCode.random(random), GUESSER).retryAfterSeconds())
                .isZero();
        assertThat(rooms.find(RoomCode.random(random), GUESSER).retryAfterSeconds())
                .isPositive();
    }

    @Test
    void whoSharesAnAddressWithAGuesserStaysInTheRoom() {
        rooms.find(hall.code(), GUESSER);
        guess(2 * RoomFinder.MOST_GUESSES);

        assertThat(rooms.find(hall.code(), GUESSER).room()).contains(hall);
        assertThat(rooms.find(school.code(), GUESSER).room())
                .as("not found before")
                .isEmpty();
    }

    @Test
    void otherAddressesDoNotMakeTheServerForgetWhoKeepsGuessing() {
        guess(RoomFinder.MOST_GUESSES);
        for (int address = 0; address < 2 * RoomFinder.MOST_GUESSERS; address++) {
            rooms.find(RoomCode.random(random), "address " + address);
            assertThat(rooms.find(hall.code(), GUESSER).retryAfterSeconds()).isPositive();
        }
    }

    private void guess(int times) {
        for (int guess = 0; guess < times; guess++) {
            assertThat(rooms.find(RoomCode.random(random), GUESSER).room()).isEmpty();
        }
    }
}
