/** The results API: the tally as JSON and as CSV. */
package org.votingapp.result.api;
