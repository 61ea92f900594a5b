package org.votingapp.systemtests.shared;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;

/** What axe-core objects to on a page. Its script comes with it, so the page's context bypasses the CSP. */
public final class AxeFindings {

    /** The rules for the Web Content Accessibility Guidelines 2.0 to 2.2, levels A and AA, and the best practices. */
    public static final Map<String, Object> EACH_RULE = Map.of(
            "type", "tag", "values", List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"));

    private AxeFindings() {}

    /** Brings the script to a page. */
    public static void prepare(Page page) {
        page.evaluate(AxeBuilder.getAxeScript());
    }

    /** A line for each finding, on a prepared page. AxeBuilder would bring its script, and a second page, for each call. */
    public static List<?> on(Page page, Map<String, Object> rules) {
        return (List<?>) page.evaluate("""
                async rules => {
                  const { violations } = await axe.run({ runOnly: rules, resultTypes: ['violations'] });
                  return violations.flatMap(({ id, nodes }) => nodes.map(
                      ({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`));
                }""", rules);
    }
}
