/** The worker: drains ballots from Redis into Postgres, once each. */
package org.votingapp.worker;
