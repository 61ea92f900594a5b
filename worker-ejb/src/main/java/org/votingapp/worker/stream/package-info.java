/** The stream of ballots in Redis, as the drain sees it. */
package org.votingapp.worker.stream;
