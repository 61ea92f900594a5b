package org.votingapp.stack.files;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.votingapp.stack.terminal.StackException;

/** A properties file for its owner alone. All its values match one pattern; others mean damage. Thread-safe. */
public final class PrivateProperties {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._-]*");

    private final Path file;
    private final Properties values;

    private PrivateProperties(Path file, Properties values) {
        this.file = file;
        this.values = values;
    }

    /**
     * A file whose content can be created again: a damaged one counts as empty.
     *
     * @param value the pattern of every value
     * @throws StackException where it cannot be read, such as a folder
     */
    public static PrivateProperties replaceable(Path file, Pattern value) {
        return new PrivateProperties(
                file,
                SmallFile.read(file, "Delete it: it is made again.")
                        .flatMap(text -> parse(text, value))
                        .orElseGet(Properties::new));
    }

    /**
     * A file whose content cannot be created again.
     *
     * @param value the pattern of every value
     * @param remedy a sentence that says what to do where it is damaged
     * @throws StackException where it exists and is empty or damaged
     */
    public static PrivateProperties irreplaceable(Path file, Pattern value, String remedy) {
        Properties values = SmallFile.read(file, remedy)
                .map(text -> parse(text, value)
                        .filter(parsed -> !parsed.isEmpty())
                        .orElseThrow(() -> new StackException("%s is empty or damaged. %s".formatted(file, remedy))))
                .orElseGet(Properties::new);
        return new PrivateProperties(file, values);
    }

    private static Optional<Properties> parse(String text, Pattern value) {
        Properties parsed = new Properties();
        try {
            parsed.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException rubbish) {
            return Optional.empty();
        }
        boolean sound = parsed.stringPropertyNames().stream()
                .allMatch(name -> NAME.matcher(name).matches()
                        && value.matcher(parsed.getProperty(name)).matches());
        return sound ? Optional.of(parsed) : Optional.empty();
    }

    /** A value. */
    public synchronized Optional<String> get(String name) {
        return Optional.ofNullable(values.getProperty(name));
    }

    /** The value; where there is none, a new one, which is kept. */
    public synchronized String get(String name, Supplier<String> absent) {
        return get(name).orElseGet(() -> {
            String made = absent.get();
            put(name, made);
            return made;
        });
    }

    /**
     * Sets a value, and writes the file.
     *
     * @throws StackException where it cannot be written
     */
    public synchronized void put(String name, String value) {
        values.setProperty(name, value);
        write();
    }

    /**
     * Removes a value, and writes the file.
     *
     * @throws StackException where it cannot be written
     */
    public synchronized void remove(String name) {
        if (values.remove(name) != null) {
            write();
        }
    }

    /** The names of all values. */
    public synchronized Set<String> names() {
        return values.stringPropertyNames();
    }

    private void write() {
        StringWriter text = new StringWriter();
        try {
            values.store(text, null);
            PrivateFile.write(file, text.toString());
        } catch (IOException unwritable) {
            throw new StackException(
                    "%s cannot be written: %s".formatted(file, FileFailure.reason(unwritable)), unwritable);
        }
    }
}
