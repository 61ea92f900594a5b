/** The result server as it is deployed, tested from outside with a real Postgres. */
package org.votingapp.result.server;
