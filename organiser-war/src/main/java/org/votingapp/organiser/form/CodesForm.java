package org.votingapp.organiser.form;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Voter codes as an organiser asks for them. */
@Schema(name = "CodesForm", description = "Voter codes as an organiser asks for them")
public class CodesForm {

    /** The most codes that are made at once. */
    public static final int MOST = 10_000;

    @Min(value = 1, message = "error.codes")
    @Max(value = MOST, message = "error.codes")
    @Schema(description = "How many: 1 to 10,000", required = true)
    private int codes;

    /** An empty form. */
    public CodesForm() {}

    /** How many. */
    public int getCodes() {
        return codes;
    }

    /** Takes any number. */
    public void setCodes(int number) {
        codes = number;
    }
}
