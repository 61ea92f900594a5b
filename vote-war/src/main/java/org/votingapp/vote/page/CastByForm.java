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
import org.votingapp.poll.Poll;
import org.votingapp.poll.VoterCode;
import org.votingapp.poll.VoterId;
import org.votingapp.vote.casting.CastOutcome;
import org.votingapp.vote.casting.CastStatus;
import org.votingapp.vote.casting.OfferedPoll;
import org.votingapp.vote.casting.PollDirectory;
import org.votingapp.vote.casting.PollingStation;
import org.votingapp.vote.http.FormBody;
import org.votingapp.vote.http.FormBody.MalformedFormException;
import org.votingapp.vote.http.LaterAnswer;
import org.votingapp.vote.http.RequestBodies;
import org.votingapp.vote.http.RequestBody;
import org.votingapp.vote.http.RequestBody.RefusedException;
import org.votingapp.vote.voter.KnownVoter;
import org.votingapp.vote.voter.VoterCookies;
import org.votingapp.web.ClientAddress;
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

    private final PollDirectory polls;
    private final RequestBodies bodies;
    private final VoterCookies cookies;
    private final PollingStation station;
    private final VotingPageAnswer pages;
    private final ErrorAnswer errors;

    /** Casts at this polling station. */
    @Inject
    public CastByForm(
            PollDirectory polls,
            RequestBodies bodies,
            VoterCookies cookies,
            PollingStation station,
            VotingPageAnswer pages,
            ErrorAnswer errors) {
        this.polls = polls;
        this.bodies = bodies;
        this.cookies = cookies;
        this.station = station;
        this.pages = pages;
        this.errors = errors;
    }

    void answer(VotingPlace place, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!RequestBody.isOf(FormBody.MEDIA_TYPE, request)) {
            response.sendError(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE);
            return;
        }
        AsyncContext waiting = LaterAnswer.begin(request, response);
        LaterAnswer.whenKnown(bodies.of(waiting), waiting, errors, (body, same) -> {
            try {
                cast(place, formIn(body), waiting, request, response);
            } catch (RefusedException refused) {
                if (refused.retryAfterSeconds() > 0) {
                    response.setIntHeader("Retry-After", refused.retryAfterSeconds());
                }
                errors.send(request, refused.status(), response);
                waiting.complete();
            }
        });
    }

    /**
     * What a browser sent.
     *
     * @param choice the key of an option; empty where it is missing, or where a field is not readable
     * @param poll the poll that the page showed; empty from those who write the form themselves, and mean the one on stage
     * @param code what was written as the voter's code; empty where nothing was
     */
    private record Form(Optional<String> choice, Optional<String> poll, String code) {}

    private static Form formIn(RequestBody body) throws RefusedException {
        try {
            return new Form(
                    FormBody.single(body.text(), "vote"),
                    FormBody.single(body.text(), "poll"),
                    FormBody.single(body.text(), "code")
                            .filter(code -> code.length() <= VoterCode.LONGEST_WRITTEN)
                            .orElse(""));
        } catch (CharacterCodingException | MalformedFormException unreadable) {
            return new Form(Optional.empty(), Optional.empty(), "");
        }
    }

    private CompletionStage<CastOutcome> vote(
            OfferedPoll onStage, Optional<OfferedPoll> voted, Form form, VoterId voter, String address) {
        if (voted.isEmpty()) {
            return outcome(CastStatus.LEFT_STAGE);
        }
        return form.choice()
                .map(key -> voted.get().id().equals(onStage.id())
                        ? station.cast(onStage, voter, form.code(), key, address)
                        : station.refuse(voted.get(), voter, key, address))
                .orElseGet(() -> outcome(CastStatus.UNKNOWN_CHOICE));
    }

    private static CompletionStage<CastOutcome> outcome(CastStatus status) {
        return CompletableFuture.completedStage(CastOutcome.of(status, ""));
    }

    /** The poll that the page showed; empty where this server does not know it. */
    private Optional<OfferedPoll> voted(OfferedPoll onStage, Form form) {
        return form.poll().filter(id -> !id.equals(onStage.id())).isEmpty()
                ? Optional.of(onStage)
                : form.poll().flatMap(polls::poll);
    }

    private void cast(
            VotingPlace place,
            Form form,
            AsyncContext waiting,
            HttpServletRequest request,
            HttpServletResponse response) {
        OfferedPoll offered = place.offered();
        Poll poll = offered.poll();
        Optional<KnownVoter> known = cookies.find(poll, request);
        known.ifPresent(voter -> cookies.renew(voter, request, response));
        KnownVoter voter = known.orElseGet(() -> cookies.give(request, response));
        Optional<String> receipt = voter.onRecord(poll);
        Optional<OfferedPoll> voted = voted(offered, form);
        LaterAnswer.whenKnown(
                vote(offered, voted, form, voter.id(), ClientAddress.of(request))
                        .thenCompose(outcome -> answerTo(outcome, offered, voter.id(), receipt, form.code())),
                waiting,
                errors,
                (answer, same) -> {
                    if (answer.page().isPresent()) {
                        refuse(answer.outcome(), response);
                        known.ifPresent(one -> cookies.giveMissingReceipt(
                                one, poll, answer.page().get().choice(), request, response));
                        pages.sendLater(place, answer.page().get(), waiting);
                    } else {
                        sendBack(answer.outcome(), form.choice(), known.isPresent(), place, response);
                        cookies.giveReceipt(
                                voter,
                                voted.orElseThrow().poll(),
                                answer.outcome().choice(),
                                request,
                                response);
                        waiting.complete();
                    }
                });
    }

    /** What became of a vote, and the page to show where it was refused. */
    private record Answer(CastOutcome outcome, Optional<PageContent> page) {}

    /**
     * @param receipt the choice on record, where the voter's receipt tells it
     * @param code what was written as the voter's code
     */
    private CompletionStage<Answer> answerTo(
            CastOutcome outcome, OfferedPoll offered, VoterId voter, Optional<String> receipt, String code) {
        boolean onRecord =
                switch (outcome.status()) {
                    case RECORDED, CHANGED, ALREADY_VOTED -> true;
                    case UNKNOWN_CHOICE,
                            NOT_YET_OPEN,
                            CLOSED,
                            LEFT_STAGE,
                            WRONG_CODE,
                            UNPUBLISHED,
                            TOO_MANY,
                            UNAVAILABLE -> false;
                };
        if (onRecord) {
            return CompletableFuture.completedStage(new Answer(outcome, Optional.empty()));
        }
        // A ballot box that did not answer is not asked again.
        boolean ask = receipt.isEmpty() && outcome.status() != CastStatus.UNAVAILABLE;
        CompletionStage<PageContent> content = ask
                ? PageContent.lookUp(offered, voter, station)
                : CompletableFuture.completedStage(PageContent.of(receipt));
        return content.thenApply(
                known -> new Answer(outcome, Optional.of(known.after(outcome).withCode(code))));
    }

    /** @param asked the key that the vote named */
    private static void sendBack(
            CastOutcome outcome,
            Optional<String> asked,
            boolean hadCookie,
            VotingPlace place,
            HttpServletResponse response) {
        Optional<String> notCounted = asked.filter(key -> !key.equals(outcome.choice()));
        if (notCounted.isPresent()) {
            BackToPage.sendToTellNotCounted(notCounted.get(), place, response);
        } else if (hadCookie) {
            BackToPage.send(place, response);
        } else {
            BackToPage.sendToShowTheCookie(place, response);
        }
    }

    private static void refuse(CastOutcome outcome, HttpServletResponse response) {
        response.setStatus(
                switch (outcome.status()) {
                    case UNKNOWN_CHOICE -> HttpServletResponse.SC_BAD_REQUEST;
                    case NOT_YET_OPEN, CLOSED, WRONG_CODE -> HttpServletResponse.SC_FORBIDDEN;
                    case LEFT_STAGE -> HttpServletResponse.SC_CONFLICT;
                    case TOO_MANY -> 429;
                    case UNPUBLISHED, UNAVAILABLE -> HttpServletResponse.SC_SERVICE_UNAVAILABLE;
                    case RECORDED, CHANGED, ALREADY_VOTED -> throw new IllegalStateException("not refused: " + outcome);
                });
        if (outcome.retryAfterSeconds() > 0) {
            response.setIntHeader("Retry-After", outcome.retryAfterSeconds());
        }
    }
}
