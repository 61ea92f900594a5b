package org.votingapp.vote.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WaitingRoomTest {

    private final WaitingRoom room = new WaitingRoom();

    @Test
    void oneAddressLeavesTheReservedPlacesToOthers() {
        fillFrom("198.51.100.1");

        assertThat(room.enter("198.51.100.1")).isEmpty();
        for (int same = 0; same < WaitingRoom.FEW; same++) {
            assertThat(room.enter("198.51.100.2")).isPresent();
        }
        assertThat(room.enter("198.51.100.2")).as("one too many of it").isEmpty();
        assertThat(room.enter("198.51.100.3")).isPresent();
    }

    @Test
    void manyAddressesFindAllPlacesAndNoMore() {
        int places = WaitingRoom.PLACES + WaitingRoom.RESERVED;
        for (int address = 0; address < places; address++) {
            assertThat(room.enter("address " + address)).as("%d", address).isPresent();
        }
        assertThat(room.enter("another")).isEmpty();
    }

    @Test
    void aPlaceThatIsLeftIsFreeOnceHoweverOftenItIsLeft() {
        WaitingRoom.Place first = fillFrom("198.51.100.1").get(0);
        first.leave();
        first.leave();

        assertThat(room.enter("198.51.100.1")).isPresent();
        assertThat(room.enter("198.51.100.1")).isEmpty();
    }

    @Test
    void whatIsBeyondAPlaceTakesOfTheRoomForAllUntilItIsLeft() {
        WaitingRoom.Place large = room.enter("198.51.100.1").orElseThrow();
        WaitingRoom.Place other = room.enter("198.51.100.2").orElseThrow();
        assertThat(large.takes(WaitingRoom.PLACE)).isTrue();
        assertThat(large.takes(WaitingRoom.ROOM)).isTrue();

        assertThat(large.takes(1)).isFalse();
        assertThat(other.takes(WaitingRoom.PLACE)).as("its place is its own").isTrue();
        assertThat(other.takes(1)).isFalse();
        large.leave();
        assertThat(other.takes(WaitingRoom.ROOM)).isTrue();
        assertThat(large.takes(1)).as("who has left").isFalse();
    }

    private List<WaitingRoom.Place> fillFrom(String address) {
        List<WaitingRoom.Place> places = new ArrayList<>();
        Optional<WaitingRoom.Place> place = room.enter(address);
        while (place.isPresent()) {
            places.add(place.get());
            place = room.enter(address);
        }
        assertThat(places).hasSize(WaitingRoom.PLACES);
        return places;
    }
}
