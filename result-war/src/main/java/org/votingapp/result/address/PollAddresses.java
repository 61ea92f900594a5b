package org.votingapp.result.address;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.ServletRequest;
import java.util.Optional;
import org.votingapp.result.ResultSettings;
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

    /** The poll that was found by {@link PollAddressServlet}, or else the house room's. */
    public PollAddress of(ServletRequest request) {
        return PollAddress.keptIn(request).orElseGet(() -> of(boards.house(), request, "", ""));
    }

    /** The address of the poll of a board. */
    PollAddress of(TallyBoard board, ServletRequest request, String path, String root) {
        Optional<String> pass = Optional.ofNullable(request.getParameter(ResultPasses.PARAMETER))
                .filter(text -> passes.filter(known -> known.isValid(text, board.pollId()))
                        .isPresent());
        return new PollAddress(board, pass, path, root);
    }
}
