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

    private static final Pattern INVALID_SETTING = Pattern.compile("InvalidSettingException: (\\S.*)");
    private static final Pattern APPLICATION_FAILED = Pattern.compile("CWWKZ000[24]E: (?:.*Exception: )?(.*)");
    private static final Pattern PORT_TAKEN = Pattern.compile("CWWKO0221E: (.*)");

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
            text = new String(Files.readString(file, ANY_BYTES).getBytes(ANY_BYTES), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        Optional<String> failed = first(APPLICATION_FAILED, text);
        return failed.flatMap(message -> first(INVALID_SETTING, text))
                .or(() -> failed)
                .or(() -> first(PORT_TAKEN, text));
    }

    private static Optional<String> first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
    }
}
