package org.votingapp.stack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a program wrote last before it ended: as a rule, why. */
final class LastWords {

    private static final int MOST_BYTES = 16 << 10;

    private LastWords() {}

    /** The first group of the last match in the end of a log; empty where nothing matches, or the log cannot be read. */
    static Optional<String> in(Path log, Pattern wanted) {
        Matcher found = wanted.matcher(end(log));
        String last = "";
        while (found.find()) {
            last = found.group(1).strip();
        }
        return Optional.of(last).filter(words -> !words.isEmpty());
    }

    private static String end(Path log) {
        try (FileChannel content = FileChannel.open(log)) {
            ByteBuffer end = ByteBuffer.allocate(MOST_BYTES);
            content.read(end, Math.max(0, content.size() - MOST_BYTES));
            return new String(end.array(), 0, end.position(), StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            // The message that these words are for names the log, whoever reads it sees why it cannot be read.
            return "";
        }
    }
}
