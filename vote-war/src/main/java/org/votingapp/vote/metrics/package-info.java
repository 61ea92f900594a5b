/** What the vote server publishes in {@code /metrics}. */
package org.votingapp.vote.metrics;
