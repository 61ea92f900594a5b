package org.votingapp.result.page;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.votingapp.poll.RoomCode;
import org.votingapp.result.ResultSettings;
import org.votingapp.web.MethodsServlet;
import org.votingapp.web.VotingCode;

/** {@code GET /vote-code.svg}, {@code ?room=KXT4M7}: the {@link VotingCode} for the host name in the request. */
@WebServlet("/vote-code.svg")
public final class VotingCodeServlet extends MethodsServlet {

    private static final long serialVersionUID = 1L;

    private final transient ResultSettings settings;

    /** Draws the voting page of these settings. */
    @Inject
    public VotingCodeServlet(ResultSettings settings) {
        super("GET", "HEAD");
        this.settings = settings;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String room = Optional.ofNullable(request.getParameter("room"))
                .flatMap(RoomCode::parse)
                .map(RoomCode::value)
                .orElse("");
        String address = settings.votingPage().from(request.getServerName(), room);
        if (!VotingCode.isUseful(address)) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        byte[] image = VotingCode.svg(address).getBytes(StandardCharsets.UTF_8);
        response.setHeader("Cache-Control", "private, max-age=600");
        response.setContentType("image/svg+xml");
        response.setContentLength(image.length);
        response.getOutputStream().write(image);
    }
}
