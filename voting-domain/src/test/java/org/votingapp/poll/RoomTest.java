package org.votingapp.poll;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoomTest {

    @Test
    void onlyAPollOfTheRoomIsOnStage() {
        List<String> polls = List.of("lunch", "dinner");
        assertThatCode(() -> new Room(RoomCode.HOUSE, "Town hall", polls, Optional.of("dinner")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> new Room(RoomCode.HOUSE, "Town hall", polls, Optional.of("tea")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("room house has no poll tea");
    }
}
