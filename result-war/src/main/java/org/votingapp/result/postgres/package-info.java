/** The tally's store in Postgres: reads tallies and listens for notifications. The only package here that knows JDBC. */
package org.votingapp.result.postgres;
