package org.votingapp.worker.poll;

import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

/** The number of recorded ballots for one option. Created with zero; the recorder's SQL statement updates it. */
@Entity
@Table(name = "tally")
public class TallyEntity {

    @EmbeddedId
    @AttributeOverride(name = "key", column = @Column(name = "choice"))
    private OptionKey id;

    private long votes;

    /** For JPA. */
    protected TallyEntity() {}

    TallyEntity(OptionKey id) {
        this.id = id;
    }

    String pollId() {
        return id.pollId();
    }

    String key() {
        return id.key();
    }

    long votes() {
        return votes;
    }
}
