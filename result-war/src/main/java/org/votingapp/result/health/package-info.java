/** How the result server is: health checks and metrics. */
package org.votingapp.result.health;
