package org.votingapp.result.address;

import jakarta.servlet.ServletRequest;
import java.util.Optional;
import org.votingapp.poll.Viewer;
import org.votingapp.result.follow.TallyBoard;
import org.votingapp.result.follow.TallyBoards;
import org.votingapp.result.tally.ResultView;

/**
 * Where a request finds the poll that it asks for.
 *
 * @param board its board
 * @param viewer who asks
 * @param path its address below the application's first page, such as {@code polls/lunch}; empty for the house room's poll
 * @param root the link from the requested page to the application's first page, such as {@code ../}; empty where that is in the
 *     same folder
 */
public record PollAddress(TallyBoard board, Viewer viewer, String path, String root) {

    private static final String ATTRIBUTE = PollAddress.class.getName();

    /** The poll that was found by {@link PollAddressServlet}, or else the house room's. */
    public static PollAddress of(ServletRequest request, TallyBoards boards) {
        return request.getAttribute(ATTRIBUTE) instanceof PollAddress asked
                ? asked
                : new PollAddress(boards.house(), Viewer.ANYBODY, "", "");
    }

    /** What the viewer may see of the newest tally; empty before the first reading. */
    public Optional<ResultView> newest() {
        return board.newest(viewer);
    }

    /** Lets {@link #of} find it. */
    void keepIn(ServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }
}
