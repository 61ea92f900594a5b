package org.votingapp.worker.poll;

/**
 * Voter codes that were made at once.
 *
 * @param id its id
 * @param revoked whether they are revoked
 */
public record CodeBatch(String id, boolean revoked) {}
