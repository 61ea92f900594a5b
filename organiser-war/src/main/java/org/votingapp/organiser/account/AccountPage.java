package org.votingapp.organiser.account;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.votingapp.organiser.store.StoredSessions;

/** The page on which an organiser sees and ends log-ins. In the page: {@code accountPage}. */
@Named
@RequestScoped
public class AccountPage {

    @Inject
    private StoredSessions sessions;

    @Inject
    private SessionTimes times;

    @Inject
    private CurrentOrganiser current;

    /** The number of browsers in which this organiser is logged in. */
    public long getSessions() {
        return sessions.count(current.organiser().name(), times.idle(), times.longest());
    }
}
