/** The result server's health checks: started, live, ready. */
package org.votingapp.result.health;
