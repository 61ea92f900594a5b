package org.votingapp.result.address;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.ServletRequest;
import java.util.Optional;
import org.votingapp.result.ResultSettings;
import org.votingapp.result.follow.RoomBoard;
import org.votingapp.result.follow.TallyBoard;
import org.votingapp.result.follow.TallyBoards;
import org.votingapp.runtime.signing.ResultPasses;

/** Knows which poll a request asks for, and whether whoever asks has voted in it. Thread-safe. */
@Singleton
public class PollAddresses {

    private final TallyBoards boards;
    private final Optional<ResultPasses> passes;

    /** Verifies passes by the keys of these settings. */
    @Inject
    public PollAddresses(TallyBoards boards, ResultSettings settings) {
        this.boards = boards;
        this.passes = settings.passes();
    }

    /** The poll that was found by {@link PollAddressServlet} or {@link RoomAddressServlet}, or else the house room's. */
    public PollAddress of(ServletRequest request) {
        return PollAddress.keptIn(request)
                .orElseGet(() -> of(Optional.of(boards.house()), Optional.empty(), request, "", ""));
    }

    /** Whether it asks for the house room's poll. */
    public boolean isHouse(PollAddress asked) {
        return asked.board().filter(board -> board == boards.house()).isPresent();
    }

    /** The address of the poll of a board, or of a room. */
    PollAddress of(
            Optional<TallyBoard> board, Optional<RoomBoard> room, ServletRequest request, String path, String root) {
        Optional<String> pass = Optional.ofNullable(request.getParameter(ResultPasses.PARAMETER))
                .filter(text -> board.isPresent() && isValid(text, board.get().pollId()));
        return new PollAddress(board, room, pass, path, root);
    }

    private boolean isValid(String pass, String pollId) {
        return passes.filter(known -> known.isValid(pass, pollId)).isPresent();
    }
}
