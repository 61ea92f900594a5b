package org.votingapp.vote.voter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.votingapp.poll.VoterId;
import org.votingapp.runtime.settings.InvalidSettingException;
import org.votingapp.runtime.settings.Settings;
import org.votingapp.runtime.signing.SigningKeys;

/**
 * Signs and verifies voter ids and receipts.
 *
 * <ul>
 *   <li>A signed id is {@code <id>.<signature>}: 22 and 43 characters of base64url.
 *   <li>Signed receipts are {@code <choice>.<id>.<poll>[.<choice>.<poll>]….<signature>}, the newest first. A single one is
 *       what the release before wrote; the one before that wrote {@code <choice>.<signature>}.
 * </ul>
 *
 * <p>{@code VOTER_KEY} holds the {@link SigningKeys}: one of them can be replaced without a voter voting twice. Thread-safe.
 */
public final class VoterSigner {

    /** An id, a signature, and the dot behind the id. */
    static final int LENGTH_WITHOUT_RECEIPTS = VoterId.LENGTH + 1 + SigningKeys.SIGNATURE_LENGTH;

    private static final int MARK = 8;

    private final SigningKeys keys;

    private VoterSigner(SigningKeys keys) {
        this.keys = keys;
    }

    /**
     * A signer with the configured keys.
     *
     * @throws InvalidSettingException if there is no key or one is too short; the message does not contain it
     */
    public static VoterSigner read(Settings settings) {
        return new VoterSigner(SigningKeys.read(settings, "voter.key"));
    }

    /** For each key, in order, {@value #MARK} characters that identify it and reveal nothing about it. */
    List<String> marks() {
        return keys.signatures("mark:").stream()
                .map(signature -> signature.substring(0, MARK))
                .toList();
    }

    /** The id with its signature. */
    public String sign(VoterId voter) {
        return voter + "." + keys.sign(idOf(voter));
    }

    /** The voter, if the text is an id signed with one of the keys. */
    public Optional<VoterId> verify(String signed) {
        return claimed(signed).filter(voter -> keys.isGenuine(idOf(voter), signed.substring(VoterId.LENGTH + 1)));
    }

    /** The voter whose id the text starts with; the signature is not verified. */
    Optional<VoterId> claimed(String signed) {
        return signed.indexOf('.') == VoterId.LENGTH
                ? VoterId.parse(signed.substring(0, VoterId.LENGTH))
                : Optional.empty();
    }

    /** The receipts, at least one, with their signature. */
    String sign(Receipts receipts) {
        return written(receipts) + "." + keys.sign(textOf(receipts));
    }

    /** The receipts, if the text is what one of the keys signed. */
    Optional<Receipts> verifyReceipts(String signed) {
        String[] parts = signed.split("\\.", -1);
        return parts.length < 4 || parts.length % 2 != 0 || signed.length() > Receipts.LONGEST
                ? Optional.empty()
                : VoterId.parse(parts[1])
                        .map(voter -> new Receipts(voter, receiptsIn(parts)))
                        .filter(receipts -> keys.isGenuine(textOf(receipts), parts[parts.length - 1]));
    }

    /** The choice, if the text is this voter's receipt for this poll in the earlier form, which does not name its voter. */
    Optional<String> verifyFormerReceipt(VoterId voter, String pollId, String signed) {
        int dot = signed.indexOf('.');
        return dot < 1
                ? Optional.empty()
                : Optional.of(signed.substring(0, dot))
                        .filter(choice ->
                                keys.isGenuine(textOf(voter, new Receipt(pollId, choice)), signed.substring(dot + 1)));
    }

    private static List<Receipt> receiptsIn(String[] parts) {
        Receipt newest = new Receipt(parts[2], parts[0]);
        if (parts.length == 4) {
            return List.of(newest);
        }
        List<Receipt> receipts = new ArrayList<>();
        receipts.add(newest);
        for (int at = 3; at < parts.length - 1; at += 2) {
            receipts.add(new Receipt(parts[at + 1], parts[at]));
        }
        return receipts;
    }

    /** The value without its signature. */
    private static String written(Receipts receipts) {
        Receipt newest = receipts.newestFirst().get(0);
        StringBuilder text = new StringBuilder(newest.choice())
                .append('.')
                .append(receipts.voter())
                .append('.')
                .append(newest.pollId());
        for (Receipt older :
                receipts.newestFirst().subList(1, receipts.newestFirst().size())) {
            text.append('.').append(older.choice()).append('.').append(older.pollId());
        }
        return text.toString();
    }

    // Distinct prefixes, so that a signature of an id is never valid for a receipt, nor one of several receipts for
    // one.

    private static String idOf(VoterId voter) {
        return "voter:" + voter;
    }

    private static String textOf(Receipts receipts) {
        return receipts.newestFirst().size() == 1
                ? textOf(receipts.voter(), receipts.newestFirst().get(0))
                : "receipts:" + written(receipts);
    }

    private static String textOf(VoterId voter, Receipt receipt) {
        return "receipt:" + voter + ":" + receipt.pollId() + ":" + receipt.choice();
    }
}
