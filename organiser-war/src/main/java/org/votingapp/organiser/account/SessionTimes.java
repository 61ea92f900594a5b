package org.votingapp.organiser.account;

import java.time.Duration;

/**
 * How long a log-in lasts.
 *
 * @param idle without a request
 * @param longest at most
 */
public record SessionTimes(Duration idle, Duration longest) {}
