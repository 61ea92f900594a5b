/** How the vote server is: health checks and metrics. */
package org.votingapp.vote.health;
