/** No acknowledged vote is lost or counted twice, whichever part is killed, frozen, restarted or cut off. */
package org.votingapp.systemtests.faults;
