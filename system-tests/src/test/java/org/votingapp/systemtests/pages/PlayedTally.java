package org.votingapp.systemtests.pages;

import java.util.Locale;

/** Tallies of the shared stack's poll as JSON, to play on a {@link PlayedStream}. */
final class PlayedTally {

    private PlayedTally() {}

    /** While voting is open. */
    static String open(int cats, int dogs) {
        return json(cats, dogs, "open", false, "");
    }

    /** While voting is open until then. */
    static String openUntil(String closes, int cats, int dogs) {
        return json(cats, dogs, "open", false, ",\"closes\":\"" + closes + "\"");
    }

    /** After voting has closed, while ballots may wait. */
    static String counting(int cats, int dogs) {
        return json(cats, dogs, "closed", false, "");
    }

    /** After the last ballot was counted. */
    static String last(int cats, int dogs) {
        return json(cats, dogs, "closed", true, "");
    }

    private static String json(int cats, int dogs, String state, boolean isFinal, String times) {
        return String.format(
                Locale.ROOT,
                "{\"poll\":\"cats-vs-dogs\",\"question\":\"Cats vs Dogs!\",\"total\":%d,\"open\":%b,\"state\":\"%s\",\"final\":%b%s,"
                        + "\"options\":[{\"key\":\"a\",\"label\":\"Cats\",\"votes\":%d,\"percent\":%s},"
                        + "{\"key\":\"b\",\"label\":\"Dogs\",\"votes\":%d,\"percent\":%s}]}",
                cats + dogs,
                state.equals("open"),
                state,
                isFinal,
                times,
                cats,
                percent(cats, cats + dogs),
                dogs,
                percent(dogs, cats + dogs));
    }

    private static String percent(int votes, int total) {
        return total == 0 ? "null" : String.format(Locale.ROOT, "%.1f", 100.0 * votes / total);
    }
}
