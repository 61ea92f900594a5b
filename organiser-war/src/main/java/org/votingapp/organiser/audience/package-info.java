/** How many watch a poll's result: the organiser server asks the result servers, which alone know. */
package org.votingapp.organiser.audience;
