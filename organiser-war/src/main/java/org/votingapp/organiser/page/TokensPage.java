package org.votingapp.organiser.page;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.votingapp.organiser.account.CurrentOrganiser;
import org.votingapp.organiser.desk.TokenDesk;
import org.votingapp.organiser.desk.TokenView;
import org.votingapp.organiser.form.Forms;
import org.votingapp.organiser.form.TokenForm;

/** The backing bean of {@code tokens.xhtml}: the organiser's tokens. A new one is in the answer to its form, and nowhere else. */
@Named
@RequestScoped
public class TokensPage {

    private static final int BAD_REQUEST = 400;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    @Inject
    private PageAnswer answer;

    @Inject
    private CurrentOrganiser current;

    @Inject
    private TokenDesk tokens;

    @Inject
    private Forms forms;

    private final TokenForm form = new TokenForm();
    private String made = "";

    /** Makes or revokes a token, where a form asks for it. */
    public void prepare() {
        answer.answer(this::act, () -> {});
    }

    private void act() {
        if (!answer.parameter("revoke").isEmpty()) {
            tokens.revoke(current.organiser(), answer.parameter("revoke"));
            answer.goTo("tokens");
            return;
        }
        form.setName(answer.parameter("name"));
        form.setDays(
                NUMBER.matcher(answer.parameter("days")).matches() ? Integer.parseInt(answer.parameter("days")) : 0);
        Map<String, String> faults = forms.faults(form);
        if (faults.isEmpty()) {
            made = tokens.make(current.organiser(), form);
            // The next one is for something else.
            form.setName("");
        } else {
            answer.refuse(BAD_REQUEST, faults.values().iterator().next());
        }
    }

    /** What the form says. */
    public TokenForm getForm() {
        return form;
    }

    /** The token that was just made; empty where none was. */
    public String getMade() {
        return made;
    }

    /** The organiser's tokens. */
    public List<TokenView> getTokens() {
        return tokens.tokens(current.organiser());
    }
}
