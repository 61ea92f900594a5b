/** Casting: whether a vote may be handed in, handing it in, and what became of it. No technology shows here. */
package org.votingapp.vote.casting;
