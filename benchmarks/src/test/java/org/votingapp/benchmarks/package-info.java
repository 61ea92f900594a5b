/** Measures the whole system under load, on the local stack: {@code mvn verify -Pload}. */
package org.votingapp.benchmarks;
