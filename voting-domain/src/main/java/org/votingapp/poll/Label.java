package org.votingapp.poll;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Tells whether two labels mean the same option, or one corrects the other. */
final class Label {

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s\\p{P}\\p{Z}]+");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern OTHER_THAN_DIGITS = Pattern.compile("\\P{Nd}+");
    /** One slip of the finger in three characters. */
    private static final int CHARACTERS_A_SLIP = 3;

    private Label() {}

    /** Whether they differ in no more than case, accents, spaces and punctuation. */
    static boolean same(String one, String other) {
        return one.equals(other) || !words(one).isEmpty() && words(one).equals(words(other));
    }

    /**
     * Whether one may be the other with slips mended: the same number of words, in each of which at most every third
     * character was added, left out, replaced or swapped with its neighbour, and no digit. Words of one or two characters
     * have no slips: "Plan A" is no slip for "Plan B".
     */
    static boolean corrects(String old, String mended) {
        List<String> before = words(old);
        List<String> after = words(mended);
        if (same(old, mended)) {
            return true;
        }
        if (before.size() != after.size() || before.isEmpty()) {
            return false;
        }
        for (int i = 0; i < before.size(); i++) {
            if (!isSlip(before.get(i), after.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSlip(String one, String other) {
        int most = Math.max(one.length(), other.length()) / CHARACTERS_A_SLIP;
        return digits(one).equals(digits(other)) && slips(one, other) <= most;
    }

    private static String digits(String word) {
        return OTHER_THAN_DIGITS.matcher(word).replaceAll("");
    }

    private static List<String> words(String label) {
        String plain =
                MARKS.matcher(Normalizer.normalize(label, Normalizer.Form.NFKD)).replaceAll("");
        return BETWEEN_WORDS
                .splitAsStream(plain.toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .toList();
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
