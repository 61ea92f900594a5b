/** Follows the tally in Postgres: listens, reads, and publishes what changed. */
package org.votingapp.result.follow;
