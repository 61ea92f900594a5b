/** One browser, one vote: the form and the vote API from outside. */
package org.votingapp.systemtests.voting;
