package org.votingapp.poll;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Tells whether two labels mean the same option, or one corrects the other. */
public final class Label {

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s\\p{P}\\p{Z}]+");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern OTHER_THAN_DIGITS = Pattern.compile("\\P{Nd}+");

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
    public static boolean corrects(String old, String mended) {
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
        return digits(one).equals(digits(other)) && Spelling.isSlip(one, other);
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
}
