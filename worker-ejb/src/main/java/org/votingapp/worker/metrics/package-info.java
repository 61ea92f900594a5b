/** What {@code /metrics} shows of the worker: ballots that came in, what became of them, and how long that took. */
package org.votingapp.worker.metrics;
