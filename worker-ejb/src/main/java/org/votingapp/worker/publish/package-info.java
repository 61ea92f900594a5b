/** Publishing: what Postgres has about polls is brought to Redis, where each vote is decided. */
package org.votingapp.worker.publish;
