package org.votingapp.organiser.account;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.votingapp.runtime.settings.InvalidSettingException;
import org.votingapp.runtime.settings.Settings;
import org.votingapp.runtime.signing.OrganiserLine;

/** A line {@code name:role:hash} that is read field by field. A message never repeats the hash. */
final class AccountLine {

    private static final Pattern HASH =
            Pattern.compile(OrganiserLine.ALGORITHM + ":(\\d{1,9}):([A-Za-z0-9+/]+=*):([A-Za-z0-9+/]+=*)");
    /** More would keep a processor for seconds at each log-in. */
    private static final int MOST_ITERATIONS = 5_000_000;

    private static final String EXPECTED_HASH =
            "a hash as OrganiserLine makes it: %s:ITERATIONS:SALT:HASH, with %,d to %,d"
                            .formatted(OrganiserLine.ALGORITHM, OrganiserLine.ITERATIONS, MOST_ITERATIONS)
                    + " iterations, a salt of %d bytes or more and a hash of %d bytes, both in Base64"
                            .formatted(OrganiserLine.SALT_BYTES, OrganiserLine.HASH_BYTES);

    private final String property;
    private final int number;
    private final String line;

    /**
     * @param property the setting in which it stands
     * @param number which line it is there, from 1 on
     */
    AccountLine(String property, int number, String line) {
        this.property = property;
        this.number = number;
        this.line = line;
    }

    /** @throws InvalidSettingException naming the line and the first field that is wrong */
    Account account() {
        String[] fields = line.split(":", 3);
        if (fields.length < 3) {
            throw wrong(fields.length + " of 3 fields", "name:role:hash");
        }
        if (!OrganiserLine.NAME.matcher(fields[0]).matches()) {
            throw wrong(
                    "name \"%s\"".formatted(fields[0]),
                    "1 to 64 characters of a-z, 0-9 and . _ @ + -, with a letter or digit first");
        }
        boolean administrator = fields[1].equals(OrganiserLine.ADMINISTRATOR);
        if (!administrator && !fields[1].equals(OrganiserLine.ORGANISER)) {
            throw wrong(
                    "role \"%s\"".formatted(fields[1]), OrganiserLine.ORGANISER + " or " + OrganiserLine.ADMINISTRATOR);
        }
        if (!isHash(fields[2])) {
            throw wrong("hash of %d characters".formatted(fields[2].length()), EXPECTED_HASH);
        }
        return new Account(new Organiser(fields[0], administrator), fields[2]);
    }

    private static boolean isHash(String text) {
        Matcher hash = HASH.matcher(text);
        if (!hash.matches()) {
            return false;
        }
        int iterations = Integer.parseInt(hash.group(1));
        try {
            return iterations >= OrganiserLine.ITERATIONS
                    && iterations <= MOST_ITERATIONS
                    && Base64.getDecoder().decode(hash.group(2)).length >= OrganiserLine.SALT_BYTES
                    && Base64.getDecoder().decode(hash.group(3)).length == OrganiserLine.HASH_BYTES;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private InvalidSettingException wrong(String found, String expected) {
        return Settings.invalid(property, "line %d: %s".formatted(number, found), expected);
    }
}
