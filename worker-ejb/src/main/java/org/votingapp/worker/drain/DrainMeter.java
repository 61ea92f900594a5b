package org.votingapp.worker.drain;

import java.time.Duration;
import org.votingapp.worker.record.Recorded;

/** Counts what the drain loops of this server do. Thread-safe. */
public interface DrainMeter {

    /** Ballots were recorded. */
    void recorded(Recorded recorded);

    /** This many entries were moved to the rejected ones. */
    void rejected(int entries);

    /** A delivery was settled in this time. */
    void settled(Duration time);
}
