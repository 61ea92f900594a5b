package org.votingapp.poll;

/** What a further vote from the same browser does. */
public enum RevoteRule {
    /** The first vote stands; a further one is not registered. */
    FINAL,
    /** The newest choice replaces the older one; the browser still counts once. */
    CHANGEABLE
}
