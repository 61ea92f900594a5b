/** The steps of a run, each of which measures one thing, and the stage they share. */
package org.votingapp.benchmarks.steps;
