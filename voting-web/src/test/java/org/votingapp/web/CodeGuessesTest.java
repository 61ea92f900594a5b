package org.votingapp.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.votingapp.poll.RoomCode;

class CodeGuessesTest {

    private static final String GUESSER = "192.0.2.1";
    private static final String NEIGHBOUR = "192.0.2.2";
    private static final RoomCode HALL = new RoomCode("KXT4M7");

    private final Random random = new Random(1);
    private long nanos = -5;
    private final CodeGuesses guesses = new CodeGuesses(() -> nanos);

    @Test
    void whoAsksForRoomsThatAreThereIsNeverStopped() {
        for (int question = 0; question < 10 * CodeGuesses.MOST_GUESSES; question++) {
            RoomCode room = RoomCode.random(random);
            assertThat(guesses.secondsToWait(GUESSER, room)).isZero();
            guesses.asked(GUESSER, room, true);
        }
    }

    /** The answer for a room that is there must not differ, or a guesser could go on. */
    @Test
    void whoGuessedTooOftenIsToldNothingAboutAnyCodeUntilTheMinuteIsOver() {
        guess(CodeGuesses.MOST_GUESSES);
        nanos += Duration.ofSeconds(20).toNanos();
        assertThat(guesses.secondsToWait(GUESSER, HALL)).isBetween(39, 41);
        assertThat(guesses.secondsToWait(NEIGHBOUR, HALL)).isZero();
        nanos += Duration.ofSeconds(40).toNanos();
        assertThat(guesses.secondsToWait(GUESSER, HALL)).isZero();
        guess(1);
        assertThat(guesses.secondsToWait(GUESSER, HALL)).isZero();
        guess(CodeGuesses.MOST_GUESSES);
        assertThat(guesses.secondsToWait(GUESSER, HALL))
                .as("in the next minute")
                .isPositive();
    }

    @Test
    void theLastGuessOfTheMinuteIsAnswered() {
        guess(CodeGuesses.MOST_GUESSES - 1);
        assertThat(guesses.secondsToWait(GUESSER, HALL)).isZero();
        guess(1);
        assertThat(guesses.secondsToWait(GUESSER, HALL)).isPositive();
    }

    @Test
    void whoSharesAnAddressWithAGuesserStaysInTheRoom() {
        guesses.asked(GUESSER, HALL, true);
        guess(2 * CodeGuesses.MOST_GUESSES);
        assertThat(guesses.secondsToWait(GUESSER, HALL)).isZero();
        assertThat(guesses.secondsToWait(GUESSER, new RoomCode("KXT4M8"))).isPositive();
    }

    @Test
    void theNumberOfAddressesThatAreRememberedIsBounded() {
        guess(CodeGuesses.MOST_GUESSES);
        for (int other = 0; other < CodeGuesses.MOST_GUESSERS; other++) {
            guesses.asked("198.51.100." + other, RoomCode.random(random), false);
        }
        assertThat(guesses.secondsToWait(GUESSER, HALL)).isZero();
    }

    private void guess(int times) {
        for (int guess = 0; guess < times; guess++) {
            guesses.asked(GUESSER, RoomCode.random(random), false);
        }
    }
}
