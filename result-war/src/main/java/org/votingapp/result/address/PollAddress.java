package org.votingapp.result.address;

import jakarta.servlet.ServletRequest;
import java.util.Optional;
import org.votingapp.poll.ResultViewer;
import org.votingapp.result.follow.RoomBoard;
import org.votingapp.result.follow.TallyBoard;
import org.votingapp.result.tally.ResultView;
import org.votingapp.runtime.signing.ResultPasses;

/**
 * Where a request finds the poll that it asks for.
 *
 * @param board its board; empty where nothing is on stage in the room
 * @param room the room that is asked for, if the request does not ask for a poll
 * @param pass the valid pass of a voter, which the page's own requests and links bring again; empty for anybody else
 * @param path its address below the application's first page, such as {@code polls/lunch} or {@code KXT4M7}; empty for the house room's poll
 * @param root the link from the requested page to the application's first page, such as {@code ../}; empty where that is in the
 *     same folder
 */
public record PollAddress(
        Optional<TallyBoard> board, Optional<RoomBoard> room, Optional<String> pass, String path, String root) {

    private static final String ATTRIBUTE = PollAddress.class.getName();

    /** What the viewer may see of the newest tally; empty before the first reading. */
    public Optional<ResultView> newest() {
        return board.flatMap(shown -> shown.newest(viewer()));
    }

    /** Whether the tally was read within the last seconds. */
    public boolean isFresh() {
        return board.filter(TallyBoard::isFresh).isPresent();
    }

    /** Whether the room that is asked for has nothing on stage. */
    public boolean isStageEmpty() {
        return room.filter(one -> one.stage().isEmpty()).isPresent();
    }

    /** Who asks. */
    public ResultViewer viewer() {
        return pass.isPresent() ? ResultViewer.VOTER : ResultViewer.ANYBODY;
    }

    /** The query that carries the pass, such as {@code ?pass=}…; empty without one. */
    String query() {
        return pass.map(text -> "?" + ResultPasses.PARAMETER + "=" + text).orElse("");
    }

    /** The one that was kept in a request. */
    static Optional<PollAddress> keptIn(ServletRequest request) {
        return Optional.ofNullable((PollAddress) request.getAttribute(ATTRIBUTE));
    }

    /** Lets {@link #keptIn} find it. */
    void keepIn(ServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }
}
