package org.votingapp.vote.page;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.votingapp.poll.Poll;
import org.votingapp.vote.casting.OfferedPoll;
import org.votingapp.vote.casting.PollingStation;
import org.votingapp.vote.http.LaterAnswer;
import org.votingapp.vote.page.PageContent.Notice;
import org.votingapp.vote.voter.KnownVoter;
import org.votingapp.vote.voter.VoterCookies;
import org.votingapp.web.ErrorAnswer;

/**
 * Shows the voting page to a browser: {@link VoterCookies} tell the voter, a receipt or {@link PollingStation#choiceOf} the
 * choice on record, and {@link VotingPageAnswer} sends the page.
 *
 * <p>A browser without a cookie becomes a new voter. Thread-safe.
 */
@Singleton
public class ShowVotingPage {

    private final VoterCookies cookies;
    private final PollingStation station;
    private final VotingPageAnswer pages;
    private final ErrorAnswer errors;

    /** Shows pages. */
    @Inject
    public ShowVotingPage(VoterCookies cookies, PollingStation station, VotingPageAnswer pages, ErrorAnswer errors) {
        this.cookies = cookies;
        this.station = station;
        this.pages = pages;
        this.errors = errors;
    }

    void answer(VotingPlace place, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Optional<KnownVoter> known = cookies.find(place.offered().poll(), request);
        if (known.isPresent()) {
            showKnown(place, known.get(), request, response);
        } else {
            cookies.give(request, response);
            pages.send(
                    place,
                    PageContent.of(BackToPage.isAfterVote(request) ? Notice.NO_COOKIE : Notice.NONE),
                    request,
                    response);
        }
    }

    private void showKnown(
            VotingPlace place, KnownVoter voter, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        OfferedPoll offered = place.offered();
        Poll poll = offered.poll();
        cookies.renew(voter, request, response);
        Optional<String> receipt = voter.onRecord(poll);
        if (BackToPage.isAfterVote(request)) {
            BackToPage.send(place, response);
        } else if (receipt.isPresent()) {
            if (!voter.current()) {
                cookies.giveReceipt(voter, poll, receipt.get(), request, response);
            }
            PageContent page = PageContent.of(receipt);
            pages.send(
                    place,
                    BackToPage.notCounted(request).map(page::afterFurther).orElse(page),
                    request,
                    response);
        } else if (offered.needsCode()) {
            // The code tells the voter, and it comes with the vote alone.
            pages.send(place, PageContent.of(receipt), request, response);
        } else {
            LaterAnswer.whenKnown(
                    PageContent.lookUp(offered, voter.id(), station), request, response, errors, (content, waiting) -> {
                        cookies.giveMissingReceipt(voter, poll, content.choice(), request, response);
                        pages.sendLater(place, content, waiting);
                    });
        }
    }
}
