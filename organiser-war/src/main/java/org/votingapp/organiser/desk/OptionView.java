package org.votingapp.organiser.desk;

/**
 * An option with its votes.
 *
 * @param key its letter
 * @param label what people read
 * @param firstLabel the label by which people could first vote, where it has been corrected since; else empty
 * @param votes recorded votes
 */
public record OptionView(String key, String label, String firstLabel, long votes) {}
