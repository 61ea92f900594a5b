/**
 * Follows the tally: a notification says that it changed, the follower reads it and shows it on the {@link
 * org.votingapp.result.follow.TallyBoard}. The store is behind two ports, {@link org.votingapp.result.follow.Notifications}
 * and {@link org.votingapp.result.follow.TallySource}.
 */
package org.votingapp.result.follow;
