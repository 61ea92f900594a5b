package org.votingapp.organiser.account;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.votingapp.runtime.settings.InvalidSettingException;
import org.votingapp.runtime.settings.Settings;

/**
 * Who may log in: the lines {@code name:role:hash} of {@code ORGANISERS}, where a comma may stand for the end of a line, or of
 * the file {@code ORGANISERS_FILE}. Blank lines and those that begin with {@code #} are none. Immutable.
 */
public final class Accounts {

    private static final String VARIABLE = "organisers";
    private static final String FILE = "organisers.file";
    private static final String EXPECTED = "lines name:role:hash, each made as README.md says";
    private static final int MOST = 1_000;
    private static final int LARGEST_FILE = 1 << 20;

    private final Map<String, Account> byName;
    private final Optional<Account> first;

    private Accounts(Map<String, Account> byName) {
        this.byName = Map.copyOf(byName);
        this.first = byName.values().stream().findFirst();
    }

    /**
     * Reads them where there are any.
     *
     * @throws InvalidSettingException likewise
     */
    public static Accounts readIfAny(Settings settings) {
        return settings.optional(VARIABLE).or(() -> settings.optional(FILE)).isPresent()
                ? read(settings)
                : new Accounts(Map.of());
    }

    /**
     * Reads them.
     *
     * @throws InvalidSettingException naming the first line that is wrong and its field, without the hash
     */
    public static Accounts read(Settings settings) {
        Optional<String> file = settings.optional(FILE);
        Optional<String> lines = settings.optional(VARIABLE);
        if (file.isPresent() && lines.isPresent()) {
            throw Settings.invalid(FILE, file.get(), "absent where ORGANISERS is set");
        }
        if (file.isPresent()) {
            return of(FILE, content(file.get()).split("\\R", -1));
        }
        String given = lines.orElseThrow(
                () -> Settings.invalid(VARIABLE, "", EXPECTED + ", or ORGANISERS_FILE a file with such lines"));
        return of(VARIABLE, given.split("\\R|,", -1));
    }

    private static String content(String file) {
        try {
            Path path = Path.of(file);
            if (Files.size(path) <= LARGEST_FILE) {
                return Files.readString(path, StandardCharsets.UTF_8);
            }
        } catch (IOException | InvalidPathException unreadable) {
            throw Settings.invalid(FILE, file, "a readable file in UTF-8 with " + EXPECTED + " (" + unreadable + ")");
        }
        throw Settings.invalid(FILE, file, "a file of at most 1 MB");
    }

    private static Accounts of(String property, String... lines) {
        Map<String, Account> found = new LinkedHashMap<>();
        for (int at = 0; at < lines.length; at++) {
            String line = lines[at].strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                Account account = new AccountLine(property, at + 1, line).account();
                if (found.putIfAbsent(account.organiser().name(), account) != null) {
                    throw Settings.invalid(
                            property,
                            "line %d: name \"%s\""
                                    .formatted(at + 1, account.organiser().name()),
                            "a name that no line before has");
                }
            }
        }
        if (found.isEmpty() || found.size() > MOST) {
            throw Settings.invalid(
                    property, found.size() + " organisers", "1 to " + MOST + " organisers, as " + EXPECTED);
        }
        return new Accounts(found);
    }

    /** The account with this name, as the line has it. */
    Optional<Account> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Whether nobody may log in by name and password. */
    boolean isEmpty() {
        return byName.isEmpty();
    }

    /** Any account: a name that none has costs as much time as this one. */
    Optional<Account> any() {
        return first;
    }
}
