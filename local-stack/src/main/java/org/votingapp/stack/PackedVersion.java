package org.votingapp.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of a program that comes packed, by which it is unpacked anew when a newer one comes. */
final class PackedVersion {

    private PackedVersion() {}

    /** Such as {@code 18.6.0} of {@code postgres}. */
    static String of(String program) {
        Properties versions = new Properties();
        try (InputStream file = PackedVersion.class.getResourceAsStream("packed.properties")) {
            versions.load(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return versions.getProperty(program);
    }
}
