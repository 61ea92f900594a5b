package org.votingapp.worker.publish;

import jakarta.ejb.EJBException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import org.votingapp.worker.poll.CodeBatch;
import org.votingapp.worker.poll.CodeRegister;
import org.votingapp.worker.store.StoreAwayException;
import org.votingapp.worker.stream.PublishedCodes;

/**
 * Brings the voter codes of a poll from Postgres to Redis, {@value #TOGETHER} at a time, so that no other command waits long.
 *
 * <p>Reads only batches that Redis does not have whole. Any number of workers may do it at once.
 */
@Singleton
class CodePublisher {

    static final int TOGETHER = 1_000;

    private final CodeRegister register;
    private final PublishedCodes published;

    @Inject
    CodePublisher(CodeRegister register, PublishedCodes published) {
        this.register = register;
        this.published = published;
    }

    /** Publishes what Redis does not have, and revokes what is revoked. */
    void publish(String pollId) throws StoreAwayException {
        try {
            List<CodeBatch> batches = register.batches(pollId);
            Set<String> there =
                    published.have(pollId, batches.stream().map(CodeBatch::id).toList());
            for (CodeBatch batch : batches) {
                if (batch.revoked()) {
                    published.revoke(pollId, batch.id());
                } else if (!there.contains(batch.id())) {
                    add(pollId, batch.id());
                }
            }
        } catch (EJBException failed) {
            throw StoreAwayException.postgres(failed);
        }
    }

    private void add(String pollId, String batch) throws StoreAwayException {
        byte[] last = {};
        List<byte[]> hashes;
        do {
            hashes = register.hashes(batch, last, TOGETHER);
            if (!hashes.isEmpty()) {
                published.add(pollId, batch, hashes);
                last = hashes.get(hashes.size() - 1);
            }
        } while (hashes.size() == TOGETHER);
        published.complete(pollId, batch);
    }

    /** Notes that Redis knows that a poll needs codes. */
    void told(String pollId) throws StoreAwayException {
        try {
            register.published(pollId);
        } catch (EJBException failed) {
            throw StoreAwayException.postgres(failed);
        }
    }
}
