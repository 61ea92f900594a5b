package org.votingapp.vote.page;

import jakarta.inject.Singleton;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.votingapp.poll.PollState;

/**
 * Keeps what Faces rendered, since voters with the same choice see the same page.
 *
 * <p>All that a page depends on is in its {@link Key}: the poll and the server's name never change while the server runs.
 * At most about {@value #MOST} pages are kept, a few hundred kilobytes; where made-up host names bring about more, all go and
 * those that are asked for come back. Thread-safe.
 */
@Singleton
class RenderedPages {

    static final int MOST = 64;

    private final Map<Key, byte[]> pages = new ConcurrentHashMap<>();

    /**
     * What a page that tells of no refused vote depends on.
     *
     * @param choice the choice on record
     * @param notice why it may not be shown
     * @param state whether the poll takes votes
     * @param resultUrl where its link leads
     */
    record Key(Optional<String> choice, PageContent.Notice notice, PollState state, String resultUrl) {}

    /** Makes a page. */
    interface Rendering {

        /** The page, as UTF-8. */
        byte[] render() throws IOException, ServletException;
    }

    /** The page for this key, rendered if it is not kept; not to be changed. */
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
