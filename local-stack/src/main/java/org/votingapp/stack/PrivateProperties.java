package org.votingapp.stack;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Supplier;

/** A properties file that its owner alone may read. */
final class PrivateProperties {

    private final Path file;
    private final Properties values = new Properties();

    PrivateProperties(Path file) {
        this.file = file;
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                values.load(reader);
            } catch (IOException unreadable) {
                throw new StackException(
                        "%s cannot be read: %s".formatted(file, DataFolder.reason(unreadable)), unreadable);
            }
        }
    }

    synchronized Optional<String> get(String name) {
        return Optional.ofNullable(values.getProperty(name));
    }

    /** The value that is there, or else a new one, which is kept. */
    synchronized String get(String name, Supplier<String> absent) {
        return get(name).orElseGet(() -> {
            String made = absent.get();
            put(name, made);
            return made;
        });
    }

    synchronized void put(String name, String value) {
        values.setProperty(name, value);
        write();
    }

    synchronized void remove(String name) {
        if (values.remove(name) != null) {
            write();
        }
    }

    synchronized Set<String> names() {
        return values.stringPropertyNames();
    }

    private void write() {
        StringWriter text = new StringWriter();
        try {
            values.store(text, null);
            PrivateFile.write(file, text.toString());
        } catch (IOException unwritable) {
            throw new StackException(
                    "%s cannot be written: %s".formatted(file, DataFolder.reason(unwritable)), unwritable);
        }
    }
}
