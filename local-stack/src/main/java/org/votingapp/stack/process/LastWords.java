package org.votingapp.stack.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds in the end of a program's log why it ended. */
public final class LastWords {

    private static final int MOST_BYTES = 16 << 10;

    private LastWords() {}

    /** The first group of the last match in the last 16 KiB; empty where nothing matches, or the log cannot be read. */
    public static Optional<String> in(Path log, Pattern wanted) {
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
            // The message that these words complete names the log.
            return "";
        }
    }
}
