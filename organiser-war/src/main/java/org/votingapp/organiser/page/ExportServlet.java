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
import org.votingapp.organiser.account.Organiser;
import org.votingapp.organiser.csv.AuditFile;
import org.votingapp.organiser.csv.CsvText;
import org.votingapp.organiser.desk.AuditLog;
import org.votingapp.organiser.desk.OptionView;
import org.votingapp.organiser.desk.PollDesk;
import org.votingapp.organiser.desk.PollView;
import org.votingapp.organiser.desk.RoomDesk;
import org.votingapp.organiser.desk.UnknownHereException;
import org.votingapp.poll.RoomCode;
import org.votingapp.web.MethodsServlet;

/**
 * {@code GET /tally.csv?id=…}: the votes of a poll by option, with its times and its number of voters. {@code GET /audit.csv},
 * {@code ?code=KXT4M7}: what organisers did.
 */
@WebServlet({ExportServlet.TALLY, ExportServlet.AUDIT})
public final class ExportServlet extends MethodsServlet {

    static final String TALLY = "/tally.csv";
    static final String AUDIT = "/audit.csv";

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
                sendEntries(parameter(request, "code"), response);
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

    private void sendEntries(String code, HttpServletResponse response) throws IOException {
        Organiser organiser = current.organiser();
        Optional<RoomCode> room;
        if (!code.isEmpty()) {
            RoomCode asked = code.equals(RoomCode.HOUSE.value())
                    ? RoomCode.HOUSE
                    : RoomCode.parse(code).orElseThrow(UnknownHereException::address);
            room = Optional.of(rooms.room(organiser, asked).code());
        } else {
            room = Optional.empty();
        }
        AuditFile file = new AuditFile(id -> audit.entriesBefore(id, organiser, room, AuditFile.PAGE));
        long length = file.length();
        response.setContentType(AuditFile.TYPE);
        response.setHeader("Content-Disposition", "attachment; filename=\"audit.csv\"");
        response.setContentLengthLong(length);
        file.write(response.getOutputStream(), length);
    }

    private static void send(String name, CsvText csv, HttpServletResponse response) throws IOException {
        byte[] body = csv.toString().getBytes(StandardCharsets.UTF_8);
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
