package org.votingapp.stack.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The versions of the programs that come in libraries; a newer one is unpacked beside the older. */
public final class PackedVersion {

    private PackedVersion() {}

    /** The version of a program, such as {@code 18.6.0} of {@code postgres}. */
    public static String of(String program) {
        Properties versions = new Properties();
        try (InputStream file = PackedVersion.class.getResourceAsStream("packed.properties")) {
            versions.load(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return versions.getProperty(program);
    }
}
