package org.votingapp.worker.poll;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.io.Serializable;
import java.util.Objects;

/** Names an option over all polls. Immutable. */
@Embeddable
public class OptionKey implements Serializable {

    private static final long serialVersionUID = 1L;

    @Column(name = "poll_id")
    private String pollId;

    @Column(name = "key")
    private String key;

    /** For JPA. */
    protected OptionKey() {}

    OptionKey(String pollId, String key) {
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
        return other instanceof OptionKey that && pollId.equals(that.pollId) && key.equals(that.key);
    }

    @Override
    public int hashCode() {
        return Objects.hash(pollId, key);
    }
}
