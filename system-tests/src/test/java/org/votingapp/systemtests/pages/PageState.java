package org.votingapp.systemtests.pages;

import com.microsoft.playwright.Page;

/**
 * A page in one of its states.
 *
 * @param name the page and the state, such as {@code vote-receipt}
 * @param way leads to it
 */
record PageState(String name, Way way) {

    /** Leads to a state, the same each time. */
    interface Way {

        /** Opens the page in a window, in the language and the size of that; returns once the state shows. */
        Page open(StateWindow window) throws Exception;
    }

    @Override
    public String toString() {
        return name;
    }
}
