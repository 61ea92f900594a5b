package org.votingapp.vote.page;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.votingapp.poll.VoterId;
import org.votingapp.vote.casting.CastOutcome;
import org.votingapp.vote.casting.CastStatus;
import org.votingapp.vote.casting.PollOnStage;
import org.votingapp.vote.casting.PollingStation;
import org.votingapp.vote.http.ClientAddress;
import org.votingapp.vote.http.FormBody;
import org.votingapp.vote.http.LaterAnswer;
import org.votingapp.vote.http.RequestBodies;
import org.votingapp.vote.http.RequestBody;
import org.votingapp.vote.http.RequestBody.RefusedException;
import org.votingapp.vote.voter.KnownVoter;
import org.votingapp.vote.voter.VoterCookies;
import org.votingapp.web.ErrorAnswer;

/**
 * Casts a vote from the page's form: {@link RequestBodies} read the choice, {@link VoterCookies} tell the voter,
 * {@link PollingStation#cast} casts. A vote on record sends the browser {@linkplain BackToPage back to the page}; a refused
 * one shows it at once ({@link VotingPageAnswer}), with the status that says why.
 *
 * <p>The form has no view state, so its posts bypass the Faces lifecycle, which would have nothing to restore. Thread-safe.
 */
@Singleton
public class CastByForm {

    private final PollOnStage onStage;
    private final RequestBodies bodies;
    private final VoterCookies cookies;
    private final PollingStation station;
    private final VotingPageAnswer pages;
    private final ErrorAnswer errors;

    /** Casts in this poll. */
    @Inject
    public CastByForm(
            PollOnStage onStage,
            RequestBodies bodies,
            VoterCookies cookies,
            PollingStation station,
            VotingPageAnswer pages,
            ErrorAnswer errors) {
        this.onStage = onStage;
        this.bodies = bodies;
        this.cookies = cookies;
        this.station = station;
        this.pages = pages;
        this.errors = errors;
    }

    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!RequestBody.isOf(FormBody.MEDIA_TYPE, request)) {
            response.sendError(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE);
            return;
        }
        AsyncContext waiting = LaterAnswer.begin(request, response);
        LaterAnswer.whenKnown(bodies.of(waiting), waiting, errors, (body, same) -> {
            try {
                cast(choiceIn(body), waiting, request, response);
            } catch (RefusedException refused) {
                if (refused.retryAfterSeconds() > 0) {
                    response.setIntHeader("Retry-After", refused.retryAfterSeconds());
                }
                errors.send(request, refused.status(), response);
                waiting.complete();
            }
        });
    }

    private static Optional<String> choiceIn(RequestBody body) throws RefusedException {
        try {
            return FormBody.single(body.text(), "vote");
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }

    private void cast(
            Optional<String> choice, AsyncContext waiting, HttpServletRequest request, HttpServletResponse response) {
        Optional<KnownVoter> known = cookies.find(onStage.poll(), request);
        known.ifPresent(voter -> cookies.renew(voter, request, response));
        KnownVoter voter = known.orElseGet(() -> cookies.give(request, response));
        CompletionStage<CastOutcome> vote = choice.map(key -> station.cast(voter.id(), key, ClientAddress.of(request)))
                .orElseGet(() -> CompletableFuture.completedStage(CastOutcome.of(CastStatus.UNKNOWN_CHOICE, "")));
        Optional<String> receipt = voter.onRecord(onStage.poll());
        LaterAnswer.whenKnown(
                vote.thenCompose(outcome -> answerTo(outcome, voter.id(), receipt)),
                waiting,
                errors,
                (answer, same) -> {
                    if (answer.page().isPresent()) {
                        refuse(answer.outcome(), response);
                        known.ifPresent(one -> cookies.giveMissingReceipt(
                                one, onStage.poll(), answer.page().get().choice(), request, response));
                        pages.sendLater(answer.page().get(), waiting);
                    } else {
                        sendBack(answer.outcome(), choice, known.isPresent(), response);
                        cookies.giveReceipt(
                                voter, onStage.poll(), answer.outcome().choice(), request, response);
                        waiting.complete();
                    }
                });
    }

    /** What became of a vote, and the page to show where it was refused. */
    private record Answer(CastOutcome outcome, Optional<PageContent> page) {}

    /** @param receipt the choice on record, where the voter's receipt tells it */
    private CompletionStage<Answer> answerTo(CastOutcome outcome, VoterId voter, Optional<String> receipt) {
        boolean onRecord =
                switch (outcome.status()) {
                    case RECORDED, CHANGED, ALREADY_VOTED -> true;
                    case UNKNOWN_CHOICE, NOT_YET_OPEN, CLOSED, UNPUBLISHED, TOO_MANY, UNAVAILABLE -> false;
                };
        if (onRecord) {
            return CompletableFuture.completedStage(new Answer(outcome, Optional.empty()));
        }
        // A ballot box that did not answer is not asked again.
        boolean ask = receipt.isEmpty() && outcome.status() != CastStatus.UNAVAILABLE;
        CompletionStage<PageContent> content =
                ask ? PageContent.lookUp(voter, station) : CompletableFuture.completedStage(PageContent.of(receipt));
        return content.thenApply(known -> new Answer(outcome, Optional.of(known.after(outcome))));
    }

    /** @param asked the key that the vote named */
    private static void sendBack(
            CastOutcome outcome, Optional<String> asked, boolean hadCookie, HttpServletResponse response) {
        Optional<String> notCounted = asked.filter(key -> !key.equals(outcome.choice()));
        if (notCounted.isPresent()) {
            BackToPage.sendToTellNotCounted(notCounted.get(), response);
        } else if (hadCookie) {
            BackToPage.send(response);
        } else {
            BackToPage.sendToShowTheCookie(response);
        }
    }

    private static void refuse(CastOutcome outcome, HttpServletResponse response) {
        response.setStatus(
                switch (outcome.status()) {
                    case UNKNOWN_CHOICE -> HttpServletResponse.SC_BAD_REQUEST;
                    case NOT_YET_OPEN, CLOSED -> HttpServletResponse.SC_FORBIDDEN;
                    case TOO_MANY -> 429;
                    case UNPUBLISHED, UNAVAILABLE -> HttpServletResponse.SC_SERVICE_UNAVAILABLE;
                    case RECORDED, CHANGED, ALREADY_VOTED -> throw new IllegalStateException("not refused: " + outcome);
                });
        if (outcome.retryAfterSeconds() > 0) {
            response.setIntHeader("Retry-After", outcome.retryAfterSeconds());
        }
    }
}
