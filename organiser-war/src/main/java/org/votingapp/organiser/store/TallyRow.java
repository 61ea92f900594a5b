package org.votingapp.organiser.store;

import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** The number of recorded ballots for one option. The worker counts; an organiser makes it with 0. */
@Entity
@Table(name = "tally")
public class TallyRow {

    @EmbeddedId
    @AttributeOverride(name = "key", column = @Column(name = "choice"))
    private OptionRowKey id;

    /** 0 by a default of the column. */
    @Column(insertable = false, updatable = false)
    private long votes;

    /** For JPA. */
    protected TallyRow() {}

    /** No votes for an option. */
    public TallyRow(String pollId, String key) {
        this.id = new OptionRowKey(pollId, key);
    }

    /** The id of the poll. */
    public String pollId() {
        return id.pollId();
    }

    /** The letter of the option. */
    public String key() {
        return id.key();
    }

    /** How many ballots are recorded for it. */
    public long votes() {
        return votes;
    }
}
