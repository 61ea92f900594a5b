package org.votingapp.organiser.api;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import java.util.Map;
import org.votingapp.organiser.form.Forms;

/** Checks bodies by the same constraints as the forms of the pages. */
@ApplicationScoped
class ValidBody {

    private Forms forms;

    /** For CDI. */
    protected ValidBody() {}

    @Inject
    ValidBody(Forms forms) {
        this.forms = forms;
    }

    /**
     * The body.
     *
     * @param body null where there is none
     * @throws InvalidFormException where a constraint does not hold
     */
    <T> T of(T body) {
        if (body == null) {
            throw new BadRequestException("The request must have a JSON object as its body.");
        }
        Map<String, String> faults = forms.faults(body);
        if (!faults.isEmpty()) {
            throw new InvalidFormException(faults);
        }
        return body;
    }
}
