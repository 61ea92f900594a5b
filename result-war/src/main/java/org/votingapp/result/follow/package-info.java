/**
 * Follows the tallies of polls: a notification says that they changed, the follower reads them and shows each on its {@link
 * org.votingapp.result.follow.TallyBoard}. The {@link org.votingapp.result.follow.BoardFinder} puts up a board where somebody
 * asks for another poll. The store is behind two ports, {@link org.votingapp.result.follow.Notifications} and {@link
 * org.votingapp.result.follow.TallySource}.
 */
package org.votingapp.result.follow;
