/** The voting page and the vote API; hands ballots in to Redis. */
package org.votingapp.vote;
