package org.votingapp.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a Liberty server wrote about its start; knows the messages after which waiting is of no use. */
final class LibertyLog {

    /** Maps every byte to a character: a line may be cut while the server writes it. */
    private static final Charset ANY_BYTES = StandardCharsets.ISO_8859_1;

    private static final Pattern APPLICATION_STARTED = Pattern.compile("CWWKZ000[13]I: ");
    private static final Pattern INVALID_SETTING = Pattern.compile("InvalidSettingException: (\\S.*)");
    /** As PollChange writes it, in the log of a server that runs and refuses as in the failure of one that does not start. */
    private static final Pattern POLL_REFUSED = Pattern.compile("(Poll \\S+ is not started, .*)");

    private static final Pattern APPLICATION_FAILED =
            Pattern.compile("CWWKZ000[24]E: (?:.*Exception: )?(.*(?<=:)\\R.*|.*)");
    private static final Pattern PORT_TAKEN = Pattern.compile("CWWKO0221E: (.*)");

    /** Where a failure was dumped: the same message once more, with the names of files and classes of the server. */
    private static final Pattern DUMPED = Pattern.compile("(?m)^.*FFDC1015I.*$");

    private static final Pattern LINE_BREAK = Pattern.compile("\\R\\s*");

    private final Path file;

    LibertyLog(Path file) {
        this.file = file;
    }

    /** The first message that means that the server will not become ready: the one that says most about the reason. */
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
        // An application that was mended while the server ran has started after it failed.
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
