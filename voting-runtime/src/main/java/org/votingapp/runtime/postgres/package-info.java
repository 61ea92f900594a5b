/** Postgres as every server uses it: its settings, TLS, and what its errors mean. */
package org.votingapp.runtime.postgres;
