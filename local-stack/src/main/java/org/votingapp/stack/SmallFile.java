package org.votingapp.stack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Small text files that are read at a start. A power loss may have left each of them empty, cut or full of anything. */
final class SmallFile {

    private static final int MOST_BYTES = 64 << 10;

    private SmallFile() {}

    /**
     * The text of a file, each byte a character, so that any bytes are some text; its first 64 KiB where it is longer.
     * Empty where there is no such file.
     *
     * @param remedy what to do where it cannot be read, as a sentence
     * @throws StackException where it cannot be read, such as a folder
     */
    static Optional<String> read(Path file, String remedy) {
        try (InputStream content = Files.newInputStream(file)) {
            return Optional.of(new String(content.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException absent) {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw unreadable(file, "it is a link to nothing", remedy, absent);
            }
            return Optional.empty();
        } catch (IOException unreadable) {
            String reason = Files.isDirectory(file) ? "it is a folder" : DataFolder.reason(unreadable);
            throw unreadable(file, reason, remedy, unreadable);
        }
    }

    private static StackException unreadable(Path file, String reason, String remedy, IOException cause) {
        return new StackException("%s cannot be read: %s. %s".formatted(file, reason, remedy), cause);
    }
}
