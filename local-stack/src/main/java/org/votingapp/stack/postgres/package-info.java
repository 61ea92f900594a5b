/** The embedded Postgres: its programs, data directory, roles and process. */
package org.votingapp.stack.postgres;
