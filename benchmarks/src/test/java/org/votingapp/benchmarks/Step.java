package org.votingapp.benchmarks;

/** Measures one thing on the stack, and leaves it with all parts running and nothing under way. */
interface Step {

    /** How the step is called in {@code load.steps}. */
    String name();

    /**
     * Measures.
     *
     * @param stage what is measured
     * @param report where the figures go
     * @throws Exception where the measuring failed
     */
    void measure(Stage stage, Report report) throws Exception;
}
