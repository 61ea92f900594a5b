package org.votingapp.vote.voter;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;
import org.votingapp.config.Settings;
import org.votingapp.poll.Poll;
import org.votingapp.poll.RevoteRule;
import org.votingapp.poll.VoterId;

/**
 * The cookies that make a browser a voter: {@value #VOTER} holds a signed id, {@value #RECEIPT} the signed choice
 * on record, so that showing it again asks nobody.
 *
 * <p>They are kept for 400 days (the most that browsers allow), are hidden from scripts, and are {@code Secure} where the
 * request came over TLS. One that was forged, cut, or signed with another key is never trusted, and is replaced where no
 * receipt vouches for its voter; a receipt holds for its voter and its poll alone, and decides nothing: the ballot box
 * does. Where a choice may change a receipt may be older than it, since an answer can get lost, and is not looked at.
 * Thread-safe.
 */
@Singleton
public class VoterCookies {

    /** The name of the cookie that holds the voter. */
    public static final String VOTER = "voter";
    /** The name of the cookie that holds the receipt. */
    public static final String RECEIPT = "receipt";

    /** RFC 6265, section 4.1; neither an id nor a signature nor an option's key has a character that must not stand there. */
    private static final String ATTRIBUTES =
            "; Max-Age=" + Duration.ofDays(400).toSeconds() + "; Path=/; HttpOnly; SameSite=Lax";

    private static final String SECURE = ATTRIBUTES + "; Secure";

    private final VoterSigner signer;
    private final String pollId;
    private final RevoteRule rule;
    private final RandomStock random = new RandomStock();

    /** Signs with the configured key. */
    @Inject
    public VoterCookies(Config config, Poll poll) {
        this.signer = VoterSigner.read(Settings.from(config));
        this.pollId = poll.id();
        this.rule = poll.revote();
    }

    /** The voter whose genuine cookie the request carries. */
    public Optional<VoterId> voterOf(HttpServletRequest request) {
        return find(request, VOTER, signer::verify);
    }

    /**
     * The choice on record, where the poll's votes are final and the request carries a genuine receipt of the voter that it
     * names. Receipts are given to genuine voters alone, so this one's own signature need not be checked besides.
     */
    public Optional<String> receiptOf(HttpServletRequest request) {
        return rule != RevoteRule.FINAL
                ? Optional.empty()
                : find(request, VOTER, value -> signer.claimed(value).flatMap(voter -> receiptOf(voter, request)));
    }

    /** The choice on record, where the poll's votes are final and the request carries this voter's genuine receipt. */
    public Optional<String> receiptOf(VoterId voter, HttpServletRequest request) {
        return rule != RevoteRule.FINAL
                ? Optional.empty()
                : find(request, RECEIPT, value -> signer.verifyReceipt(voter, pollId, value));
    }

    /** Makes the browser a new voter. */
    public VoterId give(HttpServletRequest request, HttpServletResponse response) {
        VoterId voter = VoterId.newcomer(System.currentTimeMillis(), random);
        add(VOTER, signer.sign(voter), request, response);
        return voter;
    }

    /** Gives the browser the receipt of the choice on record. */
    public void giveReceipt(VoterId voter, String choice, HttpServletRequest request, HttpServletResponse response) {
        add(RECEIPT, signer.signReceipt(voter, pollId, choice), request, response);
    }

    /** The first cookie of this name that is genuine; a forged one beside it, as from another path, hides nothing. */
    private static <T> Optional<T> find(
            HttpServletRequest request, String name, Function<String, Optional<T>> verification) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (name.equals(cookie.getName())) {
                    Optional<T> genuine = verification.apply(cookie.getValue());
                    if (genuine.isPresent()) {
                        return genuine;
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** As a header, since a vote costs less of the processor so than where the server writes it from a cookie. */
    private static void add(String name, String value, HttpServletRequest request, HttpServletResponse response) {
        response.addHeader("Set-Cookie", name + "=" + value + (request.isSecure() ? SECURE : ATTRIBUTES));
    }
}
