package org.votingapp.result.follow;

import java.util.Set;

/**
 * The polls and rooms that may have changed.
 *
 * @param any whether that may be any of them, since notifications may have been missed
 * @param polls else the ids of those polls, and the codes of those rooms
 */
record Changes(boolean any, Set<String> polls) {

    static final Changes NONE = new Changes(false, Set.of());
    static final Changes ANY = new Changes(true, Set.of());

    static Changes of(Set<String> polls) {
        return new Changes(false, polls);
    }
}
