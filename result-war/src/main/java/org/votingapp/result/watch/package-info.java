/**
 * The event stream: the {@link org.votingapp.result.watch.Distribution} notes which {@link
 * org.votingapp.result.watch.Watcher} lacks the newest tally, and the {@link org.votingapp.result.watch.Senders} write it
 * to the watcher's connection as a server-sent event.
 */
package org.votingapp.result.watch;
