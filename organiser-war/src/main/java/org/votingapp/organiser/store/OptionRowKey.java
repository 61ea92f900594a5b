package org.votingapp.organiser.store;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.io.Serializable;
import java.util.Objects;

/** Names an option over all polls. Immutable. */
@Embeddable
public class OptionRowKey implements Serializable {

    private static final long serialVersionUID = 1L;

    @Column(name = "poll_id")
    private String pollId;

    @Column(name = "key")
    private String key;

    /** For JPA. */
    protected OptionRowKey() {}

    OptionRowKey(String pollId, String key) {
        this.pollId = pollId;
        this.key = key;
    }

    String pollId() {
        return pollId;
    }

    String key() {
        return key;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OptionRowKey that && pollId.equals(that.pollId) && key.equals(that.key);
    }

    @Override
    public int hashCode() {
        return Objects.hash(pollId, key);
    }
}
