/** The worker in its server, with a real Redis and a real Postgres. */
package org.votingapp.worker.it;
