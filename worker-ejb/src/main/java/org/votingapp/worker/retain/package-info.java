/** Deletes ballots some time after their poll is final. */
package org.votingapp.worker.retain;
