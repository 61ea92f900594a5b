/** The tables in Postgres, brought to the version that this worker writes. */
package org.votingapp.worker.schema;
