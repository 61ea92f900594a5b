package org.votingapp.organiser.form;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A token of the API as an organiser asks for it. */
@Schema(name = "TokenForm", description = "A token as an organiser asks for it")
public class TokenForm {

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_LIFE = 365;
    private static final int USUAL_LIFE = 90;

    @OneLine(longest = LONGEST_NAME, message = "error.token")
    @Schema(description = "What it is for: 1 to 100 characters on one line", required = true)
    private String name = "";

    @Min(value = 1, message = "error.token")
    @Max(value = LONGEST_LIFE, message = "error.token")
    @Schema(description = "How many days it is good for: 1 to 365", defaultValue = "90")
    private int days = USUAL_LIFE;

    /** An empty form. */
    public TokenForm() {}

    /** What it is for. */
    public String getName() {
        return name;
    }

    /** Takes it without spaces around it. */
    public void setName(String written) {
        name = written == null ? null : written.strip();
    }

    /** How many days it is good for. */
    public int getDays() {
        return days;
    }

    /** Takes any number. */
    public void setDays(int number) {
        days = number;
    }
}
