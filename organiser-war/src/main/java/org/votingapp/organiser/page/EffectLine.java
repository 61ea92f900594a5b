package org.votingapp.organiser.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.votingapp.organiser.desk.AuditLog;
import org.votingapp.organiser.desk.PollView;

/** The backing bean of {@code effect.xhtml}: whether voters are asked by what a page says. */
@Named("effectLine")
@RequestScoped
public class EffectLine {

    /** Workers publish a change within a second or two. One that waits longer than this is told as trouble. */
    private static final Duration USUAL = Duration.ofSeconds(10);

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    @Inject
    private AuditLog audit;

    /** {@code true}: in effect; {@code soon}: just changed; {@code false}: it should be by now. */
    public String state(PollView poll) {
        if (poll.inEffect()) {
            return "true";
        }
        return audit.latest(poll.id())
                        .filter(row -> row.at().isAfter(poll.now().minus(USUAL)))
                        .isPresent()
                ? "soon"
                : "false";
    }

    /** Since when vote servers go by its latest version, for machines; empty where they do not. */
    public String time(PollView poll) {
        return poll.inEffect() ? poll.publishedAt().map(Object::toString).orElse("") : "";
    }

    /** The same for people. */
    public String words(PollView poll) {
        return poll.inEffect() ? poll.publishedAt().map(CLOCK::format).orElse("") : "";
    }
}
