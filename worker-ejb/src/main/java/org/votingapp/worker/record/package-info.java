/** From entries to ballots that count: reading, joining, recording. */
package org.votingapp.worker.record;
