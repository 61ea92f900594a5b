package org.votingapp.benchmarks;

/** Measures one thing on the stack, and leaves all parts running and idle. */
interface Step {

    /** Its name in {@code load.steps}. */
    String name();

    /**
     * Measures.
     *
     * @param stage what is measured
     * @param report where the figures go
     * @throws Exception if measuring failed
     */
    void measure(Stage stage, Report report) throws Exception;
}
