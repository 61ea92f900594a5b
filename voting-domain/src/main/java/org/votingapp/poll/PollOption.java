package org.votingapp.poll;

/**
 * One answer to a poll.
 *
 * @param key a letter by position: {@code a}, {@code b}, {@code c}, …
 * @param label what people read, such as {@code Cats}; 1 to {@value Poll#LONGEST_LABEL} characters
 */
public record PollOption(String key, String label) {}
