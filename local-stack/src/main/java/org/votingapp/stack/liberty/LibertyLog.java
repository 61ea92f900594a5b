package org.votingapp.stack.liberty;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Liberty server's log: finds the messages after which the server will never be ready. */
final class LibertyLog {

    /** Decodes any bytes: the last line may be cut within a character. */
    private static final Charset ANY_BYTES = StandardCharsets.ISO_8859_1;

    private static final Pattern APPLICATION_STARTED = Pattern.compile("CWWKZ000[13]I: ");
    private static final Pattern INVALID_SETTING = Pattern.compile("InvalidSettingException: (\\S.*)");
    /** PollChange's message: logged by a server that runs without the poll, or the reason why one does not start. */
    private static final Pattern POLL_REFUSED = Pattern.compile("(Poll \\S+ is not started, .*)");

    private static final Pattern APPLICATION_FAILED =
            Pattern.compile("CWWKZ000[24]E: (?:.*Exception: )?(.*(?<=:)\\R.*|.*)");
    private static final Pattern PORT_TAKEN = Pattern.compile("CWWKO0221E: (.*)");

    /** Liberty repeats a failure where it reports the dump of it, with file and class names. */
    private static final Pattern DUMPED = Pattern.compile("(?m)^.*FFDC1015I.*$");

    private static final Pattern LINE_BREAK = Pattern.compile("\\R\\s*");

    private final Path file;

    LibertyLog(Path file) {
        this.file = file;
    }

    /** The message that says most about why the server will never be ready; empty where there is none. */
    Optional<String> trouble() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String text;
        try {
            String all = new String(Files.readString(file, ANY_BYTES).getBytes(ANY_BYTES), StandardCharsets.UTF_8);
            text = DUMPED.matcher(all).replaceAll("");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        // In development, an application may fail, be corrected, and start.
        String sinceStarted = text.substring(endOfLast(APPLICATION_STARTED, text));
        Optional<String> failed = first(APPLICATION_FAILED, sinceStarted);
        return first(POLL_REFUSED, text)
                .or(() -> failed.flatMap(message -> first(INVALID_SETTING, sinceStarted)))
                .or(() -> failed)
                .or(() -> first(PORT_TAKEN, text));
    }

    private static int endOfLast(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        int end = 0;
        while (matcher.find()) {
            end = matcher.end();
        }
        return end;
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find()
                ? Optional.of(LINE_BREAK.matcher(matcher.group(1).strip()).replaceAll(" "))
                : Optional.empty();
    }
}
