/** Takes the steps of recounts, in the background. */
package org.votingapp.organiser.recount;
