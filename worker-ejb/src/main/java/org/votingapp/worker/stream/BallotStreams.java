package org.votingapp.worker.stream;

/** Gives each drain loop the stream of ballots as one consumer sees it. Thread-safe. */
@FunctionalInterface
public interface BallotStreams {

    /** The stream for a consumer of this name, which no other living consumer may bear. */
    BallotStream consumer(String name);
}
