package org.votingapp.vote.api;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.votingapp.poll.Room;
import org.votingapp.poll.RoomCode;
import org.votingapp.vote.casting.OfferedPoll;
import org.votingapp.vote.casting.PollDirectory;
import org.votingapp.vote.casting.RoomFinder;
import org.votingapp.web.ClientAddress;
import org.votingapp.web.ErrorAnswer;
import org.votingapp.web.MethodsServlet;
import org.votingapp.web.Problem;

/**
 * {@code GET /api/rooms/<code>}: a room, and the poll that is on stage there. {@code META-INF/openapi.yaml} describes it.
 */
@WebServlet("/api/rooms/*")
public final class RoomServlet extends MethodsServlet {

    private static final long serialVersionUID = 1L;

    private final transient RoomFinder rooms;
    private final transient PollDirectory polls;

    /** Tells of these rooms. */
    @Inject
    public RoomServlet(RoomFinder rooms, PollDirectory polls) {
        super("GET", "HEAD");
        this.rooms = rooms;
        this.polls = polls;
    }

    @Override
    protected List<String> methods(HttpServletRequest request) {
        return code(request).isPresent() ? super.methods(request) : List.of();
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        RoomFinder.Found found = rooms.find(code(request).orElseThrow(), ClientAddress.of(request));
        if (found.retryAfterSeconds() > 0) {
            refuse(
                    ErrorAnswer.TOO_MANY,
                    "Too many unknown codes came from this address; try again in %d s"
                            .formatted(found.retryAfterSeconds()),
                    found.retryAfterSeconds(),
                    response);
        } else if (found.room().isEmpty()) {
            Problem.of(HttpServletResponse.SC_NOT_FOUND, "There is no room with this code")
                    .send(response);
        } else if (found.room().get().deleted()) {
            errors().send(request, HttpServletResponse.SC_GONE, response);
        } else {
            tell(found.room().get(), request, response);
        }
    }

    private void tell(Room room, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<OfferedPoll> onStage = polls.onStage(room);
        if (room.stage().isPresent() && onStage.isEmpty()) {
            refuse(
                    HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                    "The poll on stage is not known here yet; try again in %d s".formatted(OfferedPoll.RETRY_SECONDS),
                    OfferedPoll.RETRY_SECONDS,
                    response);
            return;
        }
        PollDocument document = new PollDocument().with(room);
        onStage.ifPresent(document::with);
        document.send(request, response);
    }

    private static void refuse(int status, String detail, int retryAfterSeconds, HttpServletResponse response)
            throws IOException {
        response.setIntHeader("Retry-After", retryAfterSeconds);
        Problem.of(status, detail).send(response);
    }

    private static Optional<RoomCode> code(HttpServletRequest request) {
        return Optional.ofNullable(request.getPathInfo())
                .map(path -> path.substring(1))
                .flatMap(RoomCode::parse);
    }
}
