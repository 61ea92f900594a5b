package org.votingapp.organiser.desk;

import java.time.Instant;

/**
 * Voter codes that were made at once.
 *
 * @param id its id
 * @param codes how many
 * @param madeAt when
 * @param revoked whether those that have not voted are revoked
 */
public record CodeBatchView(String id, int codes, Instant madeAt, boolean revoked) {}
