package org.votingapp.vote.voter;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.votingapp.poll.Poll;
import org.votingapp.poll.RevoteRule;
import org.votingapp.poll.VoterId;
import org.votingapp.runtime.settings.Settings;

/**
 * The cookies that make a browser a voter: {@code voter-<mark>-<…>} holds a signed id, {@code receipt-<mark>} the signed
 * choice on record, so that showing it again asks nobody.
 *
 * <p>The mark is the key's: browsers send cookies to every port of a host, and installations with keys of their own must not
 * overwrite each other's. The last part of a voter's name is taken from its id: of several first requests at once each
 * answer brings another id, and one that comes late must not replace what may have voted. So the first counts, in the
 * order of the request, which is the order in which the browser was given them (RFC 6265, section 5.4); a receipt goes
 * before it, since its voter has voted. With several keys those of each are known, and the first one's are written.
 *
 * <p>They are kept for 400 days (the most that browsers allow), are hidden from scripts, and are {@code Secure} where the
 * request came over TLS. One that was forged, cut, or signed with another key is never trusted, and is replaced where no
 * receipt vouches for its voter. A receipt decides who the voter is, and not what counts: the ballot box does. Where a choice
 * may change a receipt may be older than it, since an answer can get lost, and its choice is not looked at.
 *
 * <p>{@code voter} and {@code receipt}, as the release before named them, are still known. Thread-safe.
 */
@Singleton
public class VoterCookies {

    private static final String FORMER_VOTER = "voter";
    private static final String FORMER_RECEIPT = "receipt";

    /** Where in an id the part begins that ends its cookie's name: 36 random bits. */
    private static final int NAMING = VoterId.LENGTH - 6;

    private static final String PATH = "; Path=/; HttpOnly; SameSite=Lax";

    /** RFC 6265, section 4.1; neither an id nor a signature nor an option's key has a character that must not stand there. */
    private static final String ATTRIBUTES = "; Max-Age=" + Duration.ofDays(400).toSeconds() + PATH;

    private static final String SECURE = ATTRIBUTES + "; Secure";

    private final VoterSigner signer;
    private final List<Names> names;
    private final String pollId;
    private final RevoteRule rule;
    private final RandomStock random = new RandomStock();

    /** What the cookies of one key are called: how a voter's begins, and the receipt. */
    private record Names(String voter, String receipt) {}

    /** Signs with the configured key. */
    @Inject
    public VoterCookies(Config config, Poll poll) {
        this(VoterSigner.read(Settings.from(config)), poll.id(), poll.revote());
    }

    VoterCookies(VoterSigner signer, String pollId, RevoteRule rule) {
        this.signer = signer;
        this.names = signer.marks().stream()
                .map(mark -> new Names("voter-" + mark + "-", "receipt-" + mark))
                .toList();
        this.pollId = pollId;
        this.rule = rule;
    }

    /** The voter who sent the request, where it carries a genuine receipt or else a genuine voter's cookie. */
    public Optional<KnownVoter> find(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        return cookies == null
                ? Optional.empty()
                : byReceipt(cookies).or(() -> byFormerReceipt(cookies)).or(() -> byVoter(cookies));
    }

    /** The choice on record, where the poll's votes are final and a receipt tells it. */
    public Optional<String> onRecord(KnownVoter voter) {
        return rule == RevoteRule.FINAL ? voter.receipt() : Optional.empty();
    }

    /** Makes the browser a new voter. */
    public VoterId give(HttpServletRequest request, HttpServletResponse response) {
        VoterId voter = VoterId.newcomer(System.currentTimeMillis(), random);
        add(nameOf(voter), signer.sign(voter), request, response);
        return voter;
    }

    /** Gives the browser its voter as it is written now, and takes others away, where that is not so already. */
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

    /** A receipt of another poll tells the voter, too: of polls on one host whoever voted in one is the same in all. */
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

    /** A receipt that does not tell its voter is tried with each: it is given to genuine ones alone. */
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

    /** Whether it is named as a voter's cookie by one of the keys is; its value may be forged. */
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

    /** As a header, since a vote costs less of the processor so than where the server writes it from a cookie. */
    private static void add(String name, String value, HttpServletRequest request, HttpServletResponse response) {
        response.addHeader("Set-Cookie", name + "=" + value + (request.isSecure() ? SECURE : ATTRIBUTES));
    }
}
