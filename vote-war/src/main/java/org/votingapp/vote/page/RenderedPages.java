package org.votingapp.vote.page;

import jakarta.inject.Singleton;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.votingapp.poll.PollState;

/**
 * Keeps rendered pages, since voters with the same choice see the same page.
 *
 * <p>The {@link Key} holds everything that a page depends on but the poll and the server's name, which never change while the
 * server runs. About {@value #MOST} pages are kept, a few hundred kilobytes. Invented host names may bring more: then all are
 * dropped, and those in use come back. Thread-safe.
 */
@Singleton
class RenderedPages {

    static final int MOST = 64;

    private final Map<Key, byte[]> pages = new ConcurrentHashMap<>();

    /**
     * What a page without a refused vote depends on.
     *
     * @param choice the choice on record
     * @param notice why it may not be shown
     * @param state whether the poll takes votes
     * @param resultUrl the address of its link
     */
    record Key(Optional<String> choice, PageContent.Notice notice, PollState state, String resultUrl) {}

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
            if (pages.size() >= MOST) {
                pages.clear();
            }
            pages.put(key, page);
        }
        return page;
    }
}
