package org.votingapp.vote.page;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollState;
import org.votingapp.poll.ResultsRule;
import org.votingapp.web.language.PageLanguage;

/**
 * Keeps rendered pages, since voters with the same choice see the same page.
 *
 * <p>The {@link Key} holds everything that a page depends on but the server's name, which never changes while the server runs. The pages kept have at most {@value #MOST_BYTES} bytes. Invented host names may bring more: then all are
 * dropped, and those in use come back. Thread-safe.
 */
@Singleton
class RenderedPages {

    static final long MOST_BYTES = 8L * 1024 * 1024;

    private final Map<Key, byte[]> pages = new ConcurrentHashMap<>();
    private final long mostBytes;
    private long bytes;

    /** What a page depends on. */
    sealed interface Key permits VotingPageKey, EmptyRoomKey {}

    /**
     * What the page of a room without a poll on stage depends on.
     *
     * @param room the room, and whether a vote was refused
     * @param language the language of its words
     * @param origin what its links for those who share it begin with
     */
    record EmptyRoomKey(EmptyRoom room, PageLanguage language, String origin) implements Key {}

    /**
     * What a page without a refused vote depends on.
     *
     * @param room the code of its room; empty for the house room
     * @param title the title of its room; empty for the house room
     * @param poll the poll
     * @param language the language of its words
     * @param choice the choice on record
     * @param notice why it may not be shown
     * @param needsCode whether it takes votes with codes alone
     * @param results who sees its result when
     * @param state whether the poll takes votes
     * @param resultUrl the address of its link
     * @param origin what its links for those who share it begin with
     */
    record VotingPageKey(
            String room,
            String title,
            Poll poll,
            boolean needsCode,
            ResultsRule results,
            PageLanguage language,
            Optional<String> choice,
            PageContent.Notice notice,
            PollState state,
            String resultUrl,
            String origin)
            implements Key {}

    @Inject
    RenderedPages() {
        this(MOST_BYTES);
    }

    RenderedPages(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Renders a page. */
    interface Rendering {

        /** The page, as UTF-8. */
        byte[] render() throws IOException, ServletException;
    }

    /** The page of this key, rendered unless it is kept. Callers must not change it. */
    byte[] page(Key key, Rendering rendering) throws IOException, ServletException {
        byte[] page = pages.get(key);
        if (page == null) {
            page = rendering.render();
            keep(key, page);
        }
        return page;
    }

    /** One at a time, so that the sum is that of the pages. Pages that are kept are found without waiting. */
    private synchronized void keep(Key key, byte[] page) {
        if (bytes + page.length > mostBytes) {
            pages.clear();
            bytes = 0;
        }
        byte[] former = pages.put(key, page);
        bytes += page.length - (former == null ? 0 : former.length);
    }
}
