package org.votingapp.organiser.page;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.votingapp.organiser.account.CurrentOrganiser;
import org.votingapp.organiser.csv.CsvText;
import org.votingapp.organiser.desk.AuditLine;
import org.votingapp.organiser.desk.AuditLog;
import org.votingapp.organiser.desk.OptionView;
import org.votingapp.organiser.desk.PollDesk;
import org.votingapp.organiser.desk.PollView;
import org.votingapp.organiser.desk.RoomDesk;
import org.votingapp.organiser.desk.UnknownHereException;
import org.votingapp.organiser.store.AuditRow;
import org.votingapp.poll.RoomCode;
import org.votingapp.web.MethodsServlet;

/**
 * {@code GET /tally.csv?id=…}: the votes of a poll by option, with its times and its number of voters. {@code GET /audit.csv},
 * {@code ?code=KXT4M7}: what organisers did, {@value #MOST_ENTRIES} entries at most.
 */
@WebServlet({ExportServlet.TALLY, ExportServlet.AUDIT})
public final class ExportServlet extends MethodsServlet {

    static final String TALLY = "/tally.csv";
    static final String AUDIT = "/audit.csv";
    static final int MOST_ENTRIES = 10_000;

    private static final long serialVersionUID = 1L;

    private final transient CurrentOrganiser current;
    private final transient PollDesk polls;
    private final transient RoomDesk rooms;
    private final transient AuditLog audit;

    /** Exports what these services know. */
    @Inject
    public ExportServlet(CurrentOrganiser current, PollDesk polls, RoomDesk rooms, AuditLog audit) {
        super("GET", "HEAD");
        this.current = current;
        this.polls = polls;
        this.rooms = rooms;
        this.audit = audit;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            if (request.getServletPath().equals(TALLY)) {
                PollView poll = polls.poll(current.organiser(), parameter(request, "id"));
                send(poll.id() + ".csv", tally(poll), response);
            } else {
                send("audit.csv", entries(parameter(request, "code")), response);
            }
        } catch (UnknownHereException unknown) {
            errors().send(request, HttpServletResponse.SC_NOT_FOUND, response);
        }
    }

    private static String parameter(HttpServletRequest request, String name) {
        return Optional.ofNullable(request.getParameter(name)).orElse("");
    }

    private static CsvText tally(PollView poll) {
        CsvText csv = new CsvText()
                .line(List.of(
                        "poll", "question", "round", "opened", "closed", "final", "voters", "key", "label", "votes"));
        for (OptionView option : poll.options()) {
            csv.line(List.of(
                    poll.id(),
                    poll.question(),
                    Integer.toString(poll.round()),
                    time(poll.opens()),
                    time(poll.closes()),
                    time(poll.finalAt()),
                    Long.toString(poll.total()),
                    option.key(),
                    option.label(),
                    Long.toString(option.votes())));
        }
        return csv;
    }

    private static String time(Optional<Instant> time) {
        return time.map(Instant::toString).orElse("");
    }

    private CsvText entries(String code) {
        Optional<RoomCode> room = Optional.empty();
        if (!code.isEmpty()) {
            RoomCode asked = code.equals(RoomCode.HOUSE.value())
                    ? RoomCode.HOUSE
                    : RoomCode.parse(code).orElseThrow(UnknownHereException::address);
            room = Optional.of(rooms.room(current.organiser(), asked).code());
        }
        CsvText csv =
                new CsvText().line(List.of("at", "organiser", "action", "room", "poll", "before", "after", "known as"));
        for (AuditRow row : audit.entries(current.organiser(), room, MOST_ENTRIES)) {
            csv.line(List.of(
                    row.at().toString(),
                    row.organiser(),
                    row.action(),
                    row.room(),
                    row.poll(),
                    AuditLine.of(row.action(), row.before()),
                    AuditLine.of(row.action(), row.after()),
                    row.knownAs()));
        }
        return csv;
    }

    private static void send(String name, CsvText csv, HttpServletResponse response) throws IOException {
        byte[] body = csv.toString().getBytes(StandardCharsets.UTF_8);
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
