/** The tally of a poll, and the forms in which it leaves the server; pure, with no server and no clock. */
package org.votingapp.result.tally;
