/** Records ballots: each once, in Postgres, all those that it does not refuse. */
package org.votingapp.worker.record;
