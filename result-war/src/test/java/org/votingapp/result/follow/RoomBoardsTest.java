package org.votingapp.result.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.votingapp.poll.RoomCode;

class RoomBoardsTest {

    private static final RoomCode HALL = new RoomCode("KXT4M7");

    private long nanos;
    private final Random random = new Random(1);
    private final RoomBoards rooms = new RoomBoards(room -> {}, () -> nanos);
    private final FollowerStatus status = new FollowerStatus();
    private final AtomicInteger lookups = new AtomicInteger();
    private final StageFinder finder = new StageFinder(
            rooms,
            codes -> {
                lookups.incrementAndGet();
                return codes.stream()
                        .filter(HALL::equals)
                        .map(code -> new RoomStage(code, Optional.of("lunch"), false))
                        .toList();
            },
            new StoreLookups(status));

    @BeforeEach
    void theFollowerHasReadOnce() {
        status.tablesRead();
    }

    @Test
    void aRoomIsLookedUpOnce() throws Exception {
        RoomBoard hall = finder.find(HALL).orElseThrow();
        assertThat(hall.stage()).contains("lunch");
        assertThat(finder.find(HALL)).containsSame(hall);
        assertThat(lookups).hasValue(1);
    }

    @Test
    void anUnknownCodeCostsOneLookupUntilItIsNotified() throws Exception {
        RoomCode unknown = RoomCode.random(random);
        assertThat(finder.find(unknown)).isEmpty();
        assertThat(finder.find(unknown)).isEmpty();
        assertThat(lookups).hasValue(1);
        rooms.changed(Changes.of(Set.of(unknown.value())));
        assertThat(finder.find(unknown)).isEmpty();
        assertThat(lookups).hasValue(2);
    }

    @Test
    void aRoomThatSomebodyWatchesStaysAndAnotherGoesAfterAMinute() throws Exception {
        RoomBoard watched = rooms.put(HALL, Optional.of("lunch"));
        rooms.put(RoomCode.random(random), Optional.of("lunch"));
        for (int second = 0; second <= 61; second++) {
            watched.stage();
            nanos += Duration.ofSeconds(1).toNanos();
            rooms.dropUnwatched();
        }
        assertThat(rooms.count()).isEqualTo(1);
        assertThat(rooms.find(HALL)).containsSame(watched);
    }

    @Test
    void beyondTheMostRoomsOneThatNobodyWatchesGoesAndNoWatchedOne() throws Exception {
        for (int room = 0; room < RoomBoards.MOST; room++) {
            rooms.put(RoomCode.random(random), Optional.of("lunch"));
        }
        assertThatThrownBy(() -> rooms.put(RoomCode.random(random), Optional.of("lunch")))
                .isInstanceOf(NoBoardException.class);
        nanos += Duration.ofSeconds(6).toNanos();
        rooms.put(HALL, Optional.of("lunch"));
        assertThat(rooms.count()).isEqualTo(RoomBoards.MOST);
        assertThat(rooms.find(HALL)).isPresent();
    }
}
