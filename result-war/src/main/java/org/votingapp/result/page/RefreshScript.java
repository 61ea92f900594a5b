package org.votingapp.result.page;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.votingapp.web.SecurityHeadersFilter;

/**
 * The inline script that reloads the result page every few seconds where the page's own script does not run: it did not
 * arrive, or the browser is too old. ({@code noscript} works only where scripts are off.)
 *
 * <p>It is inline, so nothing keeps it from loading, and is written in ES5 for every browser. In a page:
 * {@code #{refreshScript.content}}. Thread-safe.
 */
@Named
@Singleton
public class RefreshScript {

    private final String content;
    private final String policy;
    private final String policyWithBase;

    /** Reads the script from the class path. */
    public RefreshScript() {
        try (InputStream script = RefreshScript.class.getResourceAsStream("refresh.js")) {
            this.content = new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        this.policy = SecurityHeadersFilter.policyWith(content);
        this.policyWithBase = policy.replace("base-uri 'none'", "base-uri 'self'");
    }

    /** The script. */
    public String getContent() {
        return content;
    }

    /** The content security policy of a page with this script. */
    public String policy() {
        return policy;
    }

    /** The same for a page that is not in the application's first folder, and names that one by {@code <base>}. */
    public String policyWithBase() {
        return policyWithBase;
    }
}
