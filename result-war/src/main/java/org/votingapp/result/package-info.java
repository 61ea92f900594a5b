/**
 * The result server: its settings, and what its packages share. A counted vote takes this way through it:
 *
 * <ol>
 *   <li>Postgres notifies of the commit: {@link org.votingapp.result.follow.Notifications}.
 *   <li>The {@link org.votingapp.result.follow.TallyFollower} reads the tally: {@link
 *       org.votingapp.result.follow.TallySource}.
 *   <li>The poll's {@link org.votingapp.result.follow.TallyBoard} shows it to pages, API calls and watchers.
 *   <li>The {@link org.votingapp.result.watch.Distribution} queues every {@link org.votingapp.result.watch.Watcher} of
 *       that poll.
 *   <li>The {@link org.votingapp.result.watch.Senders} write it to each connection as a server-sent event.
 * </ol>
 */
package org.votingapp.result;
