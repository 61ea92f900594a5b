package org.votingapp.poll;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Locale;

/** Where a poll is written, in the words of which its operator is told what would be right. */
public enum PollSource {
    /** The settings {@code POLL_*}, which vote servers and workers read. */
    SETTINGS {
        @Override
        String field(String name) {
            return "POLL_" + name.toUpperCase(Locale.ROOT);
        }

        @Override
        String restored(String name, String value) {
            return field(name) + "=" + value;
        }

        @Override
        String restored(List<String> labels) {
            return restored(
                    "options",
                    labels.stream().map(label -> label.replace(",", "\\,")).collect(joining(",")));
        }

        @Override
        String waysOut() {
            return "set another POLL_ID for a new poll, or set POLL_ACCEPT_CHANGES=true for vote servers and workers";
        }
    },
    /** The file {@code POLLS_FILE}, which only workers read. */
    FILE {
        @Override
        String field(String name) {
            return name;
        }

        @Override
        String restored(String name, String value) {
            return value.isEmpty() ? "no " + name : name + ": " + value;
        }

        @Override
        String restored(List<String> labels) {
            return restored(
                    "options",
                    labels.stream()
                            .map(label -> "\"" + label.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
                            .collect(joining(", ", "[", "]")));
        }

        @Override
        String waysOut() {
            return "give it another id for a new poll, or set POLL_ACCEPT_CHANGES=true for the worker";
        }
    };

    /** What a field is called, such as {@code closes}. */
    abstract String field(String name);

    /** A field as it is written where it has a value; an empty one stands for none. */
    abstract String restored(String name, String value);

    /** The options as they are written. */
    abstract String restored(List<String> labels);

    /** What the operator can do but restore what was written, to follow "or". */
    abstract String waysOut();
}
