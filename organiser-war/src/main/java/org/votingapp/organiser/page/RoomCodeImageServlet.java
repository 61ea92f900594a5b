package org.votingapp.organiser.page;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.votingapp.organiser.account.CurrentOrganiser;
import org.votingapp.organiser.desk.RoomDesk;
import org.votingapp.organiser.desk.UnknownHereException;
import org.votingapp.organiser.settings.OrganiserSettings;
import org.votingapp.poll.RoomCode;
import org.votingapp.web.MethodsServlet;
import org.votingapp.web.VotingCode;

/** {@code GET /vote-code.svg?room=KXT4M7} and {@code /vote-code.png}: the QR code of a room's voting page. */
@WebServlet({RoomCodeImageServlet.SVG, RoomCodeImageServlet.PNG})
public final class RoomCodeImageServlet extends MethodsServlet {

    static final String SVG = "/vote-code.svg";
    static final String PNG = "/vote-code.png";

    private static final long serialVersionUID = 1L;

    /** About 1,000 pixels a side, which print well at 8 cm. */
    private static final int PIXELS = 32;

    private final transient CurrentOrganiser current;
    private final transient RoomDesk rooms;
    private final transient OrganiserSettings settings;

    /** Draws the rooms that the organiser may know. */
    @Inject
    public RoomCodeImageServlet(CurrentOrganiser current, RoomDesk rooms, OrganiserSettings settings) {
        super("GET", "HEAD");
        this.current = current;
        this.rooms = rooms;
        this.settings = settings;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String written = Optional.ofNullable(request.getParameter("room")).orElse("");
        boolean house = written.equals(RoomCode.HOUSE.value());
        Optional<RoomCode> code = house ? Optional.of(RoomCode.HOUSE) : RoomCode.parse(written);
        String address = code.filter(this::isKnown)
                .map(room -> settings.votingPage().from(request.getServerName(), house ? "" : room.value()))
                .orElse("");
        if (address.isEmpty()) {
            errors().send(request, HttpServletResponse.SC_NOT_FOUND, response);
            return;
        }
        boolean png = request.getServletPath().equals(PNG);
        byte[] image =
                png ? VotingCode.png(address, PIXELS) : VotingCode.svg(address).getBytes(StandardCharsets.UTF_8);
        response.setContentType(png ? "image/png" : "image/svg+xml");
        response.setContentLength(image.length);
        response.getOutputStream().write(image);
    }

    private boolean isKnown(RoomCode room) {
        try {
            return rooms.room(current.organiser(), room) != null;
        } catch (UnknownHereException unknown) {
            return false;
        }
    }
}
