package org.votingapp.organiser.web;

import jakarta.enterprise.inject.Specializes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import org.votingapp.web.Assets;
import org.votingapp.web.ErrorAnswer;
import org.votingapp.web.language.PageLanguages;
import org.votingapp.web.language.PageText;

/** Pages for errors that lead to an organiser's rooms, where those of voters lead to the poll. */
@Specializes
@Singleton
public class OrganiserErrorAnswer extends ErrorAnswer {

    private static final String WORDS = "organiser";
    /** How the keys of {@link org.votingapp.organiser.desk.Refusal} begin. */
    private static final String REFUSED = "refused.";

    private static final Map<String, String> OWN = Map.of(
            "home", "error.home",
            "text.400", "error.again",
            "text.403", "error.form",
            "text.405", "error.again",
            "text.409", "error.again");

    /** For pages that load these assets. */
    @Inject
    public OrganiserErrorAnswer(Assets assets, PageLanguages languages) {
        super(assets, languages);
    }

    @Override
    protected String words(PageText text, String key) {
        if (key.startsWith(REFUSED)) {
            return text.sentence(WORDS, key);
        }
        return OWN.containsKey(key) ? text.sentence(WORDS, OWN.get(key)) : super.words(text, key);
    }
}
