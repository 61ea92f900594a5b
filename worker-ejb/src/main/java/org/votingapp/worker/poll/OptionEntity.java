package org.votingapp.worker.poll;

import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.votingapp.poll.PollOption;

/** An option of a poll, with its position. */
@Entity
@Table(name = "poll_option")
public class OptionEntity {

    @EmbeddedId
    private OptionKey id;

    private String label;

    private int position;

    /** For JPA. */
    protected OptionEntity() {}

    OptionEntity(OptionKey id, String label, int position) {
        this.id = id;
        this.label = label;
        this.position = position;
    }

    PollOption option() {
        return new PollOption(id.key(), label);
    }

    String pollId() {
        return id.pollId();
    }

    OptionKey id() {
        return id;
    }
}
