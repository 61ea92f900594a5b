package org.votingapp.vote.page;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollState;
import org.votingapp.poll.ResultsRule;
import org.votingapp.poll.Room;
import org.votingapp.runtime.signing.ResultPasses;
import org.votingapp.vote.http.AsyncDispatcher;
import org.votingapp.vote.settings.VoteSettings;
import org.votingapp.web.PageLink;
import org.votingapp.web.Sharing;
import org.votingapp.web.language.PageLanguages;

/**
 * Sends the voting page: from {@link RenderedPages}, or rendered by Faces from a {@link VotingPage}. Thread-safe.
 *
 * <p>Faces renders on a thread that serves the request: the request is not thread-safe (Jakarta Servlet 6.0, section
 * 2.3.3.4), and another thread may still be leaving it. A page that is known later is therefore sent by
 * {@link LateVotingPageServlet}, to which the container dispatches.
 */
@Singleton
public class VotingPageAnswer {

    private static final String TEMPLATE = "/WEB-INF/vote.xhtml";
    /** The name by which the template knows its {@link VotingPage}. */
    private static final String BEAN = "votingPage";

    private static final String EMPTY_TEMPLATE = "/WEB-INF/empty-room.xhtml";
    /** The name by which the template knows its {@link EmptyRoom}. */
    private static final String EMPTY_BEAN = "emptyRoom";

    private final PageLink resultPage;
    private final Optional<ResultPasses> passes;
    private final PageLanguages languages;
    private final RenderedPages rendered;
    private final AsyncDispatcher dispatcher;
    private final Sharing sharing;

    /** Sends pages. */
    @Inject
    public VotingPageAnswer(
            VoteSettings settings,
            PageLanguages languages,
            RenderedPages rendered,
            AsyncDispatcher dispatcher,
            Sharing sharing) {
        this.resultPage = settings.resultPage();
        this.passes = settings.passes();
        this.languages = languages;
        this.rendered = rendered;
        this.dispatcher = dispatcher;
        this.sharing = sharing;
    }

    /** Sends the page now, on the thread that serves the request. */
    void send(VotingPlace place, PageContent content, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        send(page(place, content, request, response), response);
    }

    /** Sends the page of a room without a poll on stage now, on the thread that serves the request. */
    void sendEmpty(EmptyRoom room, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        RenderedPages.Key key = new RenderedPages.EmptyRoomKey(room, languages.of(request), sharing.origin(request));
        send(
                rendered.page(key, () -> {
                    request.setAttribute(EMPTY_BEAN, room);
                    return render(EMPTY_TEMPLATE, request, response);
                }),
                response);
    }

    private static void send(byte[] page, HttpServletResponse response) throws IOException {
        // Differs by cookie and language, and must be asked for again after a vote.
        response.setHeader("Cache-Control", "private, no-cache");
        response.setHeader("Vary", PageLanguages.VARY);
        response.setContentType("text/html;charset=UTF-8");
        response.setContentLength(page.length);
        response.getOutputStream().write(page);
    }

    /** Sends the page soon, from any thread, and completes the request. */
    void sendLater(VotingPlace place, PageContent content, AsyncContext waiting) {
        waiting.getRequest().setAttribute(LateVotingPageServlet.PLACE, place);
        waiting.getRequest().setAttribute(LateVotingPageServlet.CONTENT, content);
        dispatcher.dispatch(waiting, LateVotingPageServlet.PATH);
    }

    private byte[] page(
            VotingPlace place, PageContent content, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Poll poll = place.offered().poll();
        PollState state = place.offered().state();
        String resultUrl = resultUrl(place, content, request.getServerName());
        VotingPage page = new VotingPage(place, state, content, resultUrl);
        return content.isCommon()
                ? rendered.page(
                        new RenderedPages.VotingPageKey(
                                place.code(),
                                place.room().map(Room::title).orElse(""),
                                poll,
                                place.offered().needsCode(),
                                place.offered().results(),
                                languages.of(request),
                                content.choice(),
                                content.notice(),
                                state,
                                resultUrl,
                                sharing.origin(request)),
                        () -> render(page, request, response))
                : render(page, request, response);
    }

    /** The link to the result; for a voter with a pass, where only voters see it. */
    private String resultUrl(VotingPlace place, PageContent content, String host) {
        String address = resultPage.from(host, place.code());
        boolean isForVoters = place.offered().results() == ResultsRule.VOTED;
        return isForVoters && content.choice().isPresent()
                ? passes.map(known -> PageLink.with(
                                address,
                                ResultPasses.PARAMETER,
                                known.give(place.offered().id())))
                        .orElse(address)
                : address;
    }

    private static byte[] render(VotingPage page, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        request.setAttribute(BEAN, page);
        return render(TEMPLATE, request, response);
    }

    private static byte[] render(String template, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        CapturedResponse captured = new CapturedResponse(response);
        request.getRequestDispatcher(template).forward(request, captured);
        return captured.toBytes();
    }
}
