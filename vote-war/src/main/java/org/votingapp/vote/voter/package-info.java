/** Who votes: the signed cookies that make a browser a voter. */
package org.votingapp.vote.voter;
