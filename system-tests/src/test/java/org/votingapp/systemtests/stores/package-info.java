/** Stores as in production: TLS to Redis and Postgres, a connection pooler before Postgres. */
package org.votingapp.systemtests.stores;
