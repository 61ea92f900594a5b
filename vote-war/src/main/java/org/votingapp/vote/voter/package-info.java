/** Who votes: the signed cookie that makes a browser a voter. */
package org.votingapp.vote.voter;
