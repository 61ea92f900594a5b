package org.votingapp.result.present;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacter.EastAsianWidth;
import com.ibm.icu.lang.UProperty;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import org.votingapp.result.ResultSettings;
import org.votingapp.result.page.ResultPage;
import org.votingapp.result.page.ResultPage.Row;
import org.votingapp.web.SecurityHeadersFilter;

/**
 * What {@code present.xhtml} needs besides its {@link ResultPage}: how long texts are, from which the style takes their size
 * (these need a tally), and who may show it in a frame.
 */
@Named
@RequestScoped
public class PresentPage {

    /** Longer labels take several lines at the size of short ones. */
    private static final int SHORT_LABEL = 34;

    private static final int SHORT_QUESTION = 60;
    private static final int LONG_QUESTION = 120;
    private static final int SHORT_ADDRESS = 34;

    private ResultPage page;
    private String organiser;

    /** Measures the texts of this page. */
    @Inject
    void measure(ResultPage page, ResultSettings settings, HttpServletRequest request) {
        this.page = page;
        this.organiser = settings.organiserPage().originFrom(request.getServerName());
    }

    /** As the result page; the organiser's page may show this one in a frame, and steers polls beside it. */
    public void describe() {
        page.describe();
        if (!organiser.isEmpty()) {
            FacesContext.getCurrentInstance()
                    .getExternalContext()
                    .setResponseHeader(
                            "Content-Security-Policy", SecurityHeadersFilter.framedBy(organiser, page.policy()));
        }
    }

    /** The origin of the organiser's page; empty where no setting tells it. */
    public String getOrganiser() {
        return organiser;
    }

    /** {@code short} or {@code long}, by the longest label. */
    public String getLabels() {
        int longest = page.getRows().stream()
                .map(Row::label)
                .mapToInt(PresentPage::width)
                .max()
                .orElseThrow();
        return longest <= SHORT_LABEL ? "short" : "long";
    }

    /** {@code short}, {@code long} or {@code longest}. */
    public String getQuestion() {
        int width = width(page.getQuestion());
        if (width <= SHORT_QUESTION) {
            return "short";
        }
        return width <= LONG_QUESTION ? "long" : "longest";
    }

    /** {@code short}, which fits on one line, or {@code long}. */
    public String getAddress() {
        return page.getVoteAddress().length() <= SHORT_ADDRESS ? "short" : "long";
    }

    /** About how wide a text is, in Latin letters: a character of East Asia or an emoji is as wide as two (UAX #11). */
    private static int width(String text) {
        return text.codePoints().map(PresentPage::columns).sum();
    }

    private static int columns(int character) {
        int width = UCharacter.getIntPropertyValue(character, UProperty.EAST_ASIAN_WIDTH);
        return width == EastAsianWidth.WIDE || width == EastAsianWidth.FULLWIDTH ? 2 : 1;
    }
}
