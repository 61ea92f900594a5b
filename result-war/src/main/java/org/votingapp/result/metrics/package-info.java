/** What the result server publishes at {@code /metrics}. */
package org.votingapp.result.metrics;
