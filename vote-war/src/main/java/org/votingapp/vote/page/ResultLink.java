package org.votingapp.vote.page;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;
import org.votingapp.runtime.settings.Settings;
import org.votingapp.web.PageLink;

/** The way to the result page, from {@code RESULT_URL}. */
@Singleton
public class ResultLink {

    private final PageLink link;

    /** The configured way. */
    @Inject
    public ResultLink(Config config) {
        this.link = PageLink.read(Settings.from(config), "result.url");
    }

    /** The address for a browser that reached this server by the given host name; empty where none is set. */
    public String from(String host) {
        return link.from(host);
    }
}
