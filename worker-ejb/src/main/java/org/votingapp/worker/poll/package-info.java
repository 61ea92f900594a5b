/** The polls as Postgres knows them. */
package org.votingapp.worker.poll;
