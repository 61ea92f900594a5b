package org.votingapp.vote.casting;

/** Counts where votes come from and what became of them, for whoever watches. Thread-safe. */
public interface CastCounter {

    /** One vote came from this address. */
    void asked(String address);

    /** One vote had this outcome. */
    void count(CastStatus status);
}
