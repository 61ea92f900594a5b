/** Numbers for whoever watches: what came in, what became of it, how long it took. */
package org.votingapp.worker.metrics;
