package org.votingapp.result.page;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.votingapp.web.SecurityHeadersFilter;

/**
 * The script that asks for the result page again where the page's own script does not run, since it did not arrive or the
 * browser is too old for it; {@code noscript} applies only where scripts are off.
 *
 * <p>It stands in the page itself, so whatever keeps scripts from loading does not keep this one; it is written for every
 * browser (ES5). In a page: {@code #{refreshScript.content}}. Thread-safe.
 */
@Named
@ApplicationScoped
public class RefreshScript {

    private final String content;
    private final String policy;

    /** Reads it. */
    public RefreshScript() {
        try (InputStream script = RefreshScript.class.getResourceAsStream("refresh.js")) {
            this.content = new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        this.policy = SecurityHeadersFilter.policyWith(content);
    }

    /** The script. */
    public String getContent() {
        return content;
    }

    /** The content security policy of a page that has it. */
    public String policy() {
        return policy;
    }
}
