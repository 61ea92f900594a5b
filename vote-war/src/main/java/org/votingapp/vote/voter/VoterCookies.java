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
import org.votingapp.poll.VoterId;

/**
 * The cookies that make a browser a voter: {@code voter-<mark>-<tail>} holds a signed id, {@code receipt-<mark>} the signed
 * {@link Receipts} of all polls, so that showing a choice again needs no look-up.
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
 * receipt be outdated, so its choice is ignored. Of two answers at once, the later one's receipts replace the other's.
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
    private final SecureRandom random = new SecureRandom();

    /** The names of one key's cookies: the beginning of a voter's, and the receipt's. */
    private record Names(String voter, String receipt) {}

    /** Signs with the configured key. */
    @Inject
    public VoterCookies(VoterSigner signer) {
        this.signer = signer;
        this.names = signer.marks().stream()
                .map(mark -> new Names("voter-" + mark + "-", "receipt-" + mark))
                .toList();
    }

    /** The voter of the request's genuine receipts, or else of its genuine voter's cookie. */
    public Optional<KnownVoter> find(Poll poll, HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : byReceipts(cookies)
                        .or(() -> byFormerReceipt(poll.id(), cookies))
                        .or(() -> byVoter(cookies));
    }

    /** Makes the browser a new voter. */
    public KnownVoter give(HttpServletRequest request, HttpServletResponse response) {
        VoterId voter = VoterId.newcomer(System.currentTimeMillis(), random);
        add(nameOf(voter), signer.sign(voter), request, response);
        return new KnownVoter(Receipts.none(voter), true);
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

    /** Gives the browser the receipt of the choice on record, beside those that it came with. */
    public void giveReceipt(
            KnownVoter voter, Poll poll, String choice, HttpServletRequest request, HttpServletResponse response) {
        Receipts receipts = voter.receipts().with(new Receipt(poll.id(), choice));
        add(names.get(0).receipt(), signer.sign(receipts), request, response);
    }

    /** The same, unless the voter came with that receipt or no choice is on record. */
    public void giveMissingReceipt(
            KnownVoter voter,
            Poll poll,
            Optional<String> onRecord,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (!voter.receipts().choiceIn(poll.id()).equals(onRecord)) {
            onRecord.ifPresent(choice -> giveReceipt(voter, poll, choice, request, response));
        }
    }

    /** Receipts of other polls tell the voter too: a voter is the same in all of them. */
    private Optional<KnownVoter> byReceipts(Cookie[] cookies) {
        for (Names known : names) {
            for (Cookie cookie : cookies) {
                if (known.receipt().equals(cookie.getName())) {
                    Optional<Receipts> receipts = signer.verifyReceipts(cookie.getValue());
                    if (receipts.isPresent()) {
                        return receipts.map(genuine -> known(genuine, cookies));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** A former receipt does not name its voter, so each voter's cookie is tried with it. Only genuine voters got one. */
    private Optional<KnownVoter> byFormerReceipt(String pollId, Cookie[] cookies) {
        for (Cookie cookie : cookies) {
            if (FORMER_RECEIPT.equals(cookie.getName())) {
                Optional<KnownVoter> known = Stream.of(cookies)
                        .filter(this::isAnyVoter)
                        .flatMap(voter -> signer.claimed(voter.getValue()).stream())
                        .flatMap(voter -> signer.verifyFormerReceipt(voter, pollId, cookie.getValue()).stream()
                                .map(choice ->
                                        known(new Receipts(voter, List.of(new Receipt(pollId, choice))), cookies)))
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
                    return voter.map(genuine -> known(Receipts.none(genuine), cookies));
                }
            }
        }
        return Optional.empty();
    }

    private boolean isAnyVoter(Cookie cookie) {
        return FORMER_VOTER.equals(cookie.getName()) || isVoter(cookie);
    }

    private KnownVoter known(Receipts receipts, Cookie[] cookies) {
        String id = receipts.voter().toString();
        boolean found = false;
        boolean others = false;
        for (Cookie cookie : cookies) {
            if (isVoter(cookie)) {
                found |= isOf(id, cookie)
                        && cookie.getName().startsWith(names.get(0).voter());
                others |= !isOf(id, cookie);
            }
        }
        return new KnownVoter(receipts, found && !others);
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
