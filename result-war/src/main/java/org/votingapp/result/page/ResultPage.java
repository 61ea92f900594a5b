package org.votingapp.result.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Optional;
import org.votingapp.result.follow.TallyBoard;
import org.votingapp.result.tally.PublishedTally;
import org.votingapp.result.tally.Tally;

/** What the result page shows to one reader: the tally that is newest when the page is asked for. */
@Named
@RequestScoped
public class ResultPage {

    private final Optional<PublishedTally> newest;

    /** For the container's proxy. */
    protected ResultPage() {
        newest = Optional.empty();
    }

    /** Takes what hangs on the board. */
    @Inject
    public ResultPage(TallyBoard board) {
        this.newest = board.newest();
    }

    /** Whether there is a tally to show. */
    public boolean isThere() {
        return newest.isPresent();
    }

    /** The tally. */
    public Tally getTally() {
        return newest.orElseThrow().tally();
    }
}
