package org.votingapp.runtime.signing;

import com.nulabinc.zxcvbn.Strength;
import com.nulabinc.zxcvbn.Zxcvbn;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which passwords organisers may choose: OWASP ASVS 4.0, 2.1.1, 2.1.2 and 2.1.7. Passwords that attackers try first are known by
 * zxcvbn's dictionaries (30,000 passwords, and words and names), with the usual digits and substitutions. Thread-safe.
 */
final class PasswordRule {

    /** Of 0 to 4. Below 3, 100 million guesses find it (zxcvbn, "score"). */
    private static final int WEAKEST = 3;

    /** Which an attacker of this page tries. */
    private static final List<String> OURS =
            List.of("voting", "vote", "organiser", "organizer", "administrator", "poll", "cats", "dogs");

    private static final String BETTER =
            "Four words that have nothing to do with each other are good, or what a password" + " manager makes.";

    private final Zxcvbn zxcvbn = new Zxcvbn();

    /** What is wrong with a password of an organiser with this name, and what would be right; empty where it is good. */
    Optional<String> fault(String name, String password) {
        int length = password.codePointCount(0, password.length());
        if (length < OrganiserLine.SHORTEST_PASSWORD || length > OrganiserLine.LONGEST_PASSWORD) {
            return Optional.of("A password has %d to %d characters; this one has %d. %s"
                    .formatted(OrganiserLine.SHORTEST_PASSWORD, OrganiserLine.LONGEST_PASSWORD, length, BETTER));
        }
        return zxcvbn(name, password)
                .map(why -> "This password is among the first that attackers try. " + why + BETTER);
    }

    private Optional<String> zxcvbn(String name, String password) {
        List<String> known = Stream.concat(OURS.stream(), Stream.of(name)).toList();
        Strength strength = zxcvbn.measure(password, known);
        try {
            if (strength.getScore() >= WEAKEST) {
                return Optional.empty();
            }
            String warning = strength.getFeedback().getWarning();
            return Optional.of(warning.isEmpty() ? "" : warning + " ");
        } finally {
            strength.wipe();
        }
    }
}
