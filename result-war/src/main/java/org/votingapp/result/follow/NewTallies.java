package org.votingapp.result.follow;

import java.util.List;

/**
 * The boards that show a new tally, read by one statement or changed by the clock at one moment.
 *
 * <p>They are announced together, so that the tallies of a hundred polls wake those who send them once.
 *
 * @param boards at least one
 */
public record NewTallies(List<TallyBoard> boards) {}
