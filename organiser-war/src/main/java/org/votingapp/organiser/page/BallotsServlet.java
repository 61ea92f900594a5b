package org.votingapp.organiser.page;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.votingapp.organiser.account.CurrentOrganiser;
import org.votingapp.organiser.csv.BallotsFile;
import org.votingapp.organiser.desk.BallotExport;
import org.votingapp.organiser.desk.RefusedException;
import org.votingapp.organiser.desk.UnknownHereException;
import org.votingapp.web.MethodsServlet;

/** {@code GET /ballots.csv?id=…}: the ballots of a final poll, in random order. Elsewhere a page says why there are none. */
@WebServlet("/ballots.csv")
public final class BallotsServlet extends MethodsServlet {

    private static final long serialVersionUID = 1L;
    private static final String DISPOSITION = "Content-Disposition";

    private final transient CurrentOrganiser current;
    private final transient BallotExport ballots;

    /** Exports what this service reads. */
    @Inject
    public BallotsServlet(CurrentOrganiser current, BallotExport ballots) {
        super("GET");
        this.current = current;
        this.ballots = ballots;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            String id = Optional.ofNullable(request.getParameter("id")).orElse("");
            BallotsFile file = new BallotsFile(ballots.of(current.organiser(), id));
            response.setContentType(BallotsFile.TYPE);
            response.setHeader(DISPOSITION, file.disposition());
            response.setContentLengthLong(file.length());
            file.write(response.getOutputStream());
        } catch (UnknownHereException unknown) {
            errors().send(request, HttpServletResponse.SC_NOT_FOUND, response);
        } catch (RefusedException refused) {
            refuse(refused, request, response);
        }
    }

    private void refuse(RefusedException refused, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (response.isCommitted()) {
            throw refused;
        }
        response.setHeader(DISPOSITION, "inline");
        errors().sendPage(
                        request,
                        HttpServletResponse.SC_CONFLICT,
                        refused.reason().key(),
                        response);
    }
}
