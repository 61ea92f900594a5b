package org.votingapp.vote.voter;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.votingapp.poll.Poll;
import org.votingapp.poll.RevoteRule;
import org.votingapp.poll.VoterId;

/**
 * The cookies that make a browser a voter: {@code voter-<mark>-<tail>} holds a signed id, {@code receipt-<mark>} the signed
 * choice on record, so that showing it again needs no look-up.
 *
 * <p>Their names:
 * <ul>
 *   <li>The mark is the key's. Browsers send cookies to every port of a host, and two installations must not overwrite each
 *       other's.
 *   <li>The tail is the end of the id. Several first requests at once get several ids, and a late answer must not replace an
 *       id that may have voted.
 *   <li>With several keys, cookies of all are known, and the first key's are written.
 *   <li>{@code voter} and {@code receipt}, the names in the release before, are still known.
 * </ul>
 *
 * <p>A receipt tells the voter, since its voter has voted. Without one, the first genuine voter's cookie counts: browsers send
 * the oldest first (RFC 6265, section 5.4). A forged cookie is never trusted, and is replaced where there is no receipt.
 *
 * <p>The ballot box decides what counts, not a receipt. Where voters may change their choice, an answer can get lost and the
 * receipt be outdated, so its choice is ignored.
 *
 * <p>Cookies last 400 days, the most that browsers allow. Scripts cannot read them. They are {@code Secure} where the request
 * came over TLS. Thread-safe.
 */
@Singleton
public class VoterCookies {

    private static final String FORMER_VOTER = "voter";
    private static final String FORMER_RECEIPT = "receipt";

    /** Where the tail of an id begins: its last 36 bits, which are random. */
    private static final int NAMING = VoterId.LENGTH - 6;

    private static final String PATH = "; Path=/; HttpOnly; SameSite=Lax";

    /** RFC 6265, section 4.1. Ids, signatures and option keys have no character that it forbids. */
    private static final String ATTRIBUTES = "; Max-Age=" + Duration.ofDays(400).toSeconds() + PATH;

    private static final String SECURE = ATTRIBUTES + "; Secure";

    private final VoterSigner signer;
    private final List<Names> names;
    private final String pollId;
    private final RevoteRule rule;
    private final SecureRandom random = new SecureRandom();

    /** The names of one key's cookies: the beginning of a voter's, and the receipt's. */
    private record Names(String voter, String receipt) {}

    /** Signs with the configured key. */
    @Inject
    public VoterCookies(VoterSigner signer, Poll poll) {
        this(signer, poll.id(), poll.revote());
    }

    VoterCookies(VoterSigner signer, String pollId, RevoteRule rule) {
        this.signer = signer;
        this.names = signer.marks().stream()
                .map(mark -> new Names("voter-" + mark + "-", "receipt-" + mark))
                .toList();
        this.pollId = pollId;
        this.rule = rule;
    }

    /** The voter of the request's genuine receipt, or else of its genuine voter's cookie. */
    public Optional<KnownVoter> find(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : byReceipt(cookies).or(() -> byFormerReceipt(cookies)).or(() -> byVoter(cookies));
    }

    /** The choice on record by the voter's receipt; empty where choices may change. */
    public Optional<String> onRecord(KnownVoter voter) {
        return rule == RevoteRule.FINAL ? voter.receipt() : Optional.empty();
    }

    /** Makes the browser a new voter. */
    public VoterId give(HttpServletRequest request, HttpServletResponse response) {
        VoterId voter = VoterId.newcomer(System.currentTimeMillis(), random);
        add(nameOf(voter), signer.sign(voter), request, response);
        return voter;
    }

    /** Makes the browser send this voter's current cookie and no other voter's, unless it does so already. */
    public void renew(KnownVoter voter, HttpServletRequest request, HttpServletResponse response) {
        if (voter.current()) {
            return;
        }
        for (Cookie cookie : request.getCookies()) {
            if (isVoter(cookie)
                    && !isOf(voter.id().toString(), cookie)
                    && signer.claimed(cookie.getValue()).isPresent()) {
                response.addHeader("Set-Cookie", cookie.getName() + "=; Max-Age=0" + PATH);
            }
        }
        add(nameOf(voter.id()), signer.sign(voter.id()), request, response);
    }

    /** Gives the browser the receipt of the choice on record. */
    public void giveReceipt(VoterId voter, String choice, HttpServletRequest request, HttpServletResponse response) {
        add(names.get(0).receipt(), signer.sign(new Receipt(voter, pollId, choice)), request, response);
    }

    /** The same, unless the voter came with that receipt or no choice is on record. */
    public void giveMissingReceipt(
            KnownVoter voter, Optional<String> onRecord, HttpServletRequest request, HttpServletResponse response) {
        if (!voter.receipt().equals(onRecord)) {
            onRecord.ifPresent(choice -> giveReceipt(voter.id(), choice, request, response));
        }
    }

    /** A receipt of another poll on this host tells the voter too: a voter is the same in all of them. */
    private Optional<KnownVoter> byReceipt(Cookie[] cookies) {
        for (Names known : names) {
            for (Cookie cookie : cookies) {
                if (known.receipt().equals(cookie.getName())) {
                    Optional<Receipt> receipt = signer.verifyReceipt(cookie.getValue());
                    if (receipt.isPresent()) {
                        return receipt.map(genuine -> known(
                                genuine.voter(),
                                receipt.filter(one -> one.pollId().equals(pollId))
                                        .map(Receipt::choice),
                                cookies));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** A former receipt does not name its voter, so each voter's cookie is tried with it. Only genuine voters got one. */
    private Optional<KnownVoter> byFormerReceipt(Cookie[] cookies) {
        for (Cookie cookie : cookies) {
            if (FORMER_RECEIPT.equals(cookie.getName())) {
                Optional<KnownVoter> known = Stream.of(cookies)
                        .filter(this::isAnyVoter)
                        .flatMap(voter -> signer.claimed(voter.getValue()).stream())
                        .flatMap(voter -> signer.verifyFormerReceipt(voter, pollId, cookie.getValue()).stream()
                                .map(choice -> known(voter, Optional.of(choice), cookies)))
                        .findFirst();
                if (known.isPresent()) {
                    return known;
                }
            }
        }
        return Optional.empty();
    }

    private Optional<KnownVoter> byVoter(Cookie[] cookies) {
        for (Cookie cookie : cookies) {
            if (isAnyVoter(cookie)) {
                Optional<VoterId> voter = signer.verify(cookie.getValue());
                if (voter.isPresent()) {
                    return voter.map(genuine -> known(genuine, Optional.empty(), cookies));
                }
            }
        }
        return Optional.empty();
    }

    private boolean isAnyVoter(Cookie cookie) {
        return FORMER_VOTER.equals(cookie.getName()) || isVoter(cookie);
    }

    private KnownVoter known(VoterId voter, Optional<String> receipt, Cookie[] cookies) {
        String id = voter.toString();
        boolean found = false;
        boolean others = false;
        for (Cookie cookie : cookies) {
            if (isVoter(cookie)) {
                found |= isOf(id, cookie)
                        && cookie.getName().startsWith(names.get(0).voter());
                others |= !isOf(id, cookie);
            }
        }
        return new KnownVoter(voter, receipt, found && !others);
    }

    private static boolean isOf(String id, Cookie cookie) {
        return cookie.getValue().startsWith(id);
    }

    /** Whether it has the name of a voter's cookie by one of the keys. Its value may be forged. */
    private boolean isVoter(Cookie cookie) {
        String name = cookie.getName();
        String value = cookie.getValue();
        for (Names known : names) {
            if (name.startsWith(known.voter())
                    && name.length() == known.voter().length() + VoterId.LENGTH - NAMING
                    && value.regionMatches(NAMING, name, known.voter().length(), VoterId.LENGTH - NAMING)) {
                return true;
            }
        }
        return false;
    }

    private String nameOf(VoterId voter) {
        return names.get(0).voter() + voter.toString().substring(NAMING);
    }

    /** As a header, since Liberty 26 writes a {@link Cookie}'s {@code Max-Age} as {@code Expires}, by the server's clock. */
    private static void add(String name, String value, HttpServletRequest request, HttpServletResponse response) {
        response.addHeader("Set-Cookie", name + "=" + value + (request.isSecure() ? SECURE : ATTRIBUTES));
    }
}
