package org.votingapp.runtime.settings;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.votingapp.poll.PartReader;
import org.votingapp.poll.PollPartException;
import org.votingapp.poll.PollParts;

/**
 * Reads settings by their MicroProfile Config names, and rejects a bad value with an {@link InvalidSettingException}.
 *
 * <p>A required setting must not be blank: a blank variable is nearly always a mistake in a manifest. Immutable.
 */
public final class Settings {

    private final Function<String, Optional<String>> source;

    private Settings(Function<String, Optional<String>> source) {
        this.source = source;
    }

    /**
     * Settings from MicroProfile Config.
     *
     * <p>Every source is asked for the property and for its variable; the higher ordinal wins. MicroProfile Config 3.1 maps
     * names for the environment only (section "Default ConfigSources"), but Liberty's variable files are another source.
     */
    public static Settings from(Config config) {
        return new Settings(name -> Stream.of(name, variable(name))
                .map(config::getConfigValue)
                .filter(found -> found.getRawValue() != null)
                .max(Comparator.comparingInt(ConfigValue::getSourceOrdinal))
                .map(ConfigValue::getRawValue));
    }

    /** Settings from any lookup by name, such as a map in a test. */
    public static Settings from(Function<String, Optional<String>> source) {
        return new Settings(source);
    }

    /** The environment variable that sets a property: {@code poll.id} is {@code POLL_ID}. */
    public static String variable(String property) {
        return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /**
     * The trimmed value, or empty where the setting is absent or blank.
     *
     * @throws InvalidSettingException where the value has a NUL. A file can hold one; Postgres, a URL and a header cannot. The
     *     message does not repeat the value, which may be a secret.
     */
    public Optional<String> optional(String property) {
        Optional<String> value = source.apply(property).map(String::strip).filter(text -> !text.isEmpty());
        if (value.isPresent() && value.get().indexOf('\0') >= 0) {
            throw invalid(property, "(%d characters)".formatted(value.get().length()), "text without U+0000");
        }
        return value;
    }

    /**
     * The trimmed value of a required setting.
     *
     * @param expected what would be right, for the message
     * @throws InvalidSettingException where it is absent or blank
     */
    public String required(String property, String expected) {
        return optional(property).orElseThrow(() -> invalid(property, "", expected));
    }

    /**
     * A whole number from {@code least} to {@code most}.
     *
     * @throws InvalidSettingException where it is anything else
     */
    public int integer(String property, int least, int most) {
        String expected = "a whole number from %d to %d".formatted(least, most);
        String value = required(property, expected);
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            throw invalid(property, value, expected);
        }
        throw invalid(property, value, expected);
    }

    /**
     * An ISO 8601 duration such as {@code PT30S}, from {@code least} to {@code most}.
     *
     * @throws InvalidSettingException where it is anything else
     */
    public Duration duration(String property, Duration least, Duration most) {
        String expected = "an ISO 8601 duration from %s to %s, such as %s".formatted(least, most, least);
        String value = required(property, expected);
        try {
            Duration duration = Duration.parse(value);
            if (duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0) {
                return duration;
            }
        } catch (DateTimeParseException notADuration) {
            throw invalid(property, value, expected);
        }
        throw invalid(property, value, expected);
    }

    /**
     * An ISO 8601 time with an offset, such as {@code 2027-03-01T09:00:00Z}, where it is set.
     *
     * @throws InvalidSettingException where it is set to anything else
     */
    public Optional<Instant> time(String property) {
        return optional(property).map(value -> part(property, value, PollParts::time));
    }

    /**
     * What a value is as a part of a poll.
     *
     * @throws InvalidSettingException where it is none
     */
    static <T> T part(String property, String value, PartReader<T> reader) {
        try {
            return reader.read(value);
        } catch (PollPartException wrong) {
            throw invalid(property, value, wrong.getMessage());
        }
    }

    /** The exception for a property whose value cannot be used. */
    public static InvalidSettingException invalid(String property, String value, String expected) {
        return new InvalidSettingException(variable(property), value, expected);
    }
}
