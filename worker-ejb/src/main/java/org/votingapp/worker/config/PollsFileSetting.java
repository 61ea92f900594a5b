package org.votingapp.worker.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.votingapp.runtime.settings.InvalidSettingException;
import org.votingapp.runtime.settings.PollSettings;
import org.votingapp.runtime.settings.Settings;
import org.votingapp.worker.file.PollsFile;
import org.votingapp.worker.file.PollsFileException;
import org.votingapp.worker.file.PollsFileReader;

/** Reads the file of rooms and polls that {@code POLLS_FILE} names. */
public final class PollsFileSetting {

    /** Ten thousand polls of the usual size are half of it. */
    static final int MOST_BYTES = 4 << 20;

    private static final String PROPERTY = "polls.file";
    private static final String EXPECTED = "the absolute path of a file of rooms and polls in YAML; ";

    private PollsFileSetting() {}

    /**
     * What the file says; nothing where there is none.
     *
     * @throws InvalidSettingException where it cannot be read, or has mistakes, of which it names each on a line
     */
    public static PollsFile read(Settings settings) {
        return settings.optional(PROPERTY)
                .map(file -> parse(file, text(file), PollSettings.id(settings)))
                .orElse(PollsFile.EMPTY);
    }

    private static PollsFile parse(String file, String text, String housePoll) {
        try {
            return PollsFileReader.read(text, housePoll);
        } catch (PollsFileException wrong) {
            throw Settings.invalid(
                    PROPERTY, file, "a file without these mistakes:\n  " + String.join("\n  ", wrong.mistakes()));
        }
    }

    private static String text(String file) {
        try {
            Path path = Path.of(file);
            // Else it would be looked for in the server's folder. What is no file may never end.
            if (!path.isAbsolute() || !Files.isRegularFile(path)) {
                throw Settings.invalid(PROPERTY, file, EXPECTED + "there is no such file");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(file, path)))
                    .toString();
        } catch (CharacterCodingException other) {
            throw Settings.invalid(PROPERTY, file, EXPECTED + "this one is not encoded in UTF-8");
        } catch (IOException | InvalidPathException unreadable) {
            throw Settings.invalid(PROPERTY, file, EXPECTED + "this one cannot be read");
        }
    }

    private static byte[] bytes(String file, Path path) throws IOException {
        try (InputStream content = Files.newInputStream(path)) {
            byte[] bytes = content.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw Settings.invalid(
                        PROPERTY, file, EXPECTED + "this one has more than %d bytes".formatted(MOST_BYTES));
            }
            return bytes;
        }
    }
}
