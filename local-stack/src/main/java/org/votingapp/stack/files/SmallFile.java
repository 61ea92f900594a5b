package org.votingapp.stack.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.votingapp.stack.terminal.StackException;

/** Reads small text files that a power loss may have left empty, cut or full of rubbish. */
public final class SmallFile {

    private static final int MOST_BYTES = 64 << 10;

    private SmallFile() {}

    /**
     * The first 64 KiB of a file as ISO 8859-1, in which any bytes are text; empty where there is no such file.
     *
     * @param remedy a sentence that says what to do where it cannot be read
     * @throws StackException where it cannot be read, such as a folder
     */
    public static Optional<String> read(Path file, String remedy) {
        try (InputStream content = Files.newInputStream(file)) {
            return Optional.of(new String(content.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException absent) {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                throw unreadable(file, "it is a link to nothing", remedy, absent);
            }
            return Optional.empty();
        } catch (IOException unreadable) {
            String reason = Files.isDirectory(file) ? "it is a folder" : FileFailure.reason(unreadable);
            throw unreadable(file, reason, remedy, unreadable);
        }
    }

    private static StackException unreadable(Path file, String reason, String remedy, IOException cause) {
        return new StackException("%s cannot be read: %s. %s".formatted(file, reason, remedy), cause);
    }
}
