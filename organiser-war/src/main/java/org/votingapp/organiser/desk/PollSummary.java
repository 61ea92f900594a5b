package org.votingapp.organiser.desk;

import java.util.Locale;
import java.util.stream.Collectors;

/** A poll on one line, for the record of what changed. */
final class PollSummary {

    private PollSummary() {}

    static String of(PollView poll) {
        return "%s [%s] %s, %s, %s%s%s%s"
                .formatted(
                        poll.question(),
                        poll.options().stream().map(OptionView::label).collect(Collectors.joining(" | ")),
                        poll.language(),
                        poll.revote().name().toLowerCase(Locale.ROOT),
                        poll.results().rule().word(),
                        poll.opens().map(time -> ", opens " + time).orElse(""),
                        poll.closes().map(time -> ", closes " + time).orElse(""),
                        poll.needsCode() ? ", with voting codes" : "");
    }
}
