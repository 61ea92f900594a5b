/** Figures, curves and their reports, and the comparison with an earlier run. */
package org.votingapp.benchmarks.report;
