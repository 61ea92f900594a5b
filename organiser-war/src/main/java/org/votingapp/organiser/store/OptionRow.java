package org.votingapp.organiser.store;

import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.Optional;

/** An option of a poll. */
@Entity
@Table(name = "poll_option")
public class OptionRow {

    @EmbeddedId
    private OptionRowKey id;

    private String label;

    @Column(updatable = false)
    private int position;

    @Column(name = "first_label", insertable = false)
    private String firstLabel;

    /** For JPA. */
    protected OptionRow() {}

    /** The option of a poll at a position, from 0 on. */
    public OptionRow(String pollId, String key, String label, int position) {
        this.id = new OptionRowKey(pollId, key);
        this.label = label;
        this.position = position;
    }

    /** The id of its poll. */
    public String pollId() {
        return id.pollId();
    }

    /** Its letter. */
    public String key() {
        return id.key();
    }

    /** What people read. */
    public String label() {
        return label;
    }

    /** The label by which people could first vote, where it has been corrected since. */
    public Optional<String> firstLabel() {
        return Optional.ofNullable(firstLabel);
    }

    /** Gives it another label before anybody can have voted. */
    public void word(String newLabel) {
        label = newLabel;
    }

    /** Corrects its label, and keeps the one by which people could first vote. */
    public void correct(String newLabel) {
        String first = firstLabel == null ? label : firstLabel;
        firstLabel = first.equals(newLabel) ? null : first;
        label = newLabel;
    }
}
