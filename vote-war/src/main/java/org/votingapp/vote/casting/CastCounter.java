package org.votingapp.vote.casting;

/** Counts what became of votes, for whoever watches. Thread-safe. */
public interface CastCounter {

    /** One vote had this outcome. */
    void count(CastStatus status);
}
