/** The tally of a poll and its encodings: JSON, CSV and server-sent event. It needs no server, no store and no clock. */
package org.votingapp.result.tally;
