/** The organiser server's health checks: started, live, ready. */
package org.votingapp.organiser.health;
