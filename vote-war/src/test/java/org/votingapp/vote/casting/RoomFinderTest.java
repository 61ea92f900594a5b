package org.votingapp.vote.casting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.votingapp.poll.RevoteRule;
import org.votingapp.poll.Room;
import org.votingapp.poll.RoomCode;
import org.votingapp.vote.casting.BallotBox.Published;
import org.votingapp.vote.casting.RoomFinder.Found;
import org.votingapp.web.CodeGuesses;

class RoomFinderTest {

    private static final String GUESSER = "192.0.2.1";
    private static final String NEIGHBOUR = "192.0.2.2";

    private final PollDirectory directory = new PollDirectory(new HousePoll(TestPolls.catsVsDogs(RevoteRule.FINAL)));
    private final Room hall = new Room(new RoomCode("KXT4M7"), "Town hall", List.of(), Optional.empty());
    private final Random random = new Random(1);
    private final RoomFinder rooms = new RoomFinder(directory, new CodeGuesses());

    @BeforeEach
    void publish() {
        directory.learn(new Published(List.of(), List.of(hall), 1, true));
    }

    @Test
    void aRoomIsFoundByItsCode() {
        assertThat(rooms.find(hall.code(), GUESSER)).isEqualTo(new Found(Optional.of(hall), 0));
        assertThat(rooms.find(RoomCode.random(random), GUESSER)).isEqualTo(new Found(Optional.empty(), 0));
    }

    @Test
    void whoGuessesTooOftenIsToldNothingAboutAnyCode() {
        for (int guess = 0; guess < 100; guess++) {
            rooms.find(RoomCode.random(random), GUESSER);
        }
        assertThat(rooms.find(hall.code(), GUESSER).room()).isEmpty();
        assertThat(rooms.find(hall.code(), GUESSER).retryAfterSeconds()).isPositive();
        assertThat(rooms.find(hall.code(), NEIGHBOUR).room()).contains(hall);
    }
}
