package org.votingapp.poll;

import java.util.Collection;
import java.util.Optional;

/** Tells words that somebody misspelled from other words. */
public final class Spelling {

    /** One slip of the finger in three characters. */
    private static final int CHARACTERS_A_SLIP = 3;

    private Spelling() {}

    /** The word that a written one may be with slips mended; empty where it is like none of them. */
    public static Optional<String> nearest(String written, Collection<String> words) {
        return words.stream()
                .filter(word -> written.length() < 2 * word.length() && isSlip(written, word))
                .findFirst();
    }

    /** Whether at most every third character was added, left out, replaced or swapped with its neighbour. */
    static boolean isSlip(String one, String other) {
        return slips(one, other) <= Math.max(one.length(), other.length()) / CHARACTERS_A_SLIP;
    }

    /** The distance of Damerau and Levenshtein, where no part is changed twice ("optimal string alignment"). */
    private static int slips(String one, String other) {
        int[][] least = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    least[i][j] = i + j;
                    continue;
                }
                int replaced = least[i - 1][j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                least[i][j] = Math.min(replaced, 1 + Math.min(least[i - 1][j], least[i][j - 1]));
                boolean swapped = i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1);
                if (swapped) {
                    least[i][j] = Math.min(least[i][j], 1 + least[i - 2][j - 2]);
                }
            }
        }
        return least[one.length()][other.length()];
    }
}
