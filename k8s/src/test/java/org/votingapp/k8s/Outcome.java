package org.votingapp.k8s;

/**
 * How a command ended.
 *
 * @param status 0 where it succeeded
 * @param text what it printed
 */
record Outcome(int status, String text) {

    boolean succeeded() {
        return status == 0;
    }
}
