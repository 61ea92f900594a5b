/** The vote server's health checks. */
package org.votingapp.vote.health;
