package org.votingapp.benchmarks.steps;

import org.votingapp.benchmarks.report.Report;

/** Measures one thing on the stack, and leaves all parts running and idle. */
public interface Step {

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
