package org.votingapp.vote.metrics;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/**
 * Warns when most votes come from one address. They also seem to where {@code TRUSTED_PROXIES} does not match a proxy.
 *
 * <p>The votes of one minute give a suspect, the only address that can have cast most of them (Boyer and Moore, "MJRTY: A
 * Fast Majority Vote Algorithm"). The next minute counts the suspect's votes. So the class remembers two addresses, however
 * many vote, and warns after two minutes at the latest. Thread-safe.
 */
final class AddressShare {

    /** With fewer votes in a minute, one voter who tries again may cast most of them. */
    static final int FEWEST_VOTES = 30;

    private static final Logger LOG = Logger.getLogger(AddressShare.class.getName());
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final Pattern NUMBERS = Pattern.compile("[0-9a-f.:]+");

    private final LongSupplier nanoTime;
    private long minuteBegan;
    private String suspect = "";
    private int votes;
    private int ofSuspect;
    private String candidate = "";
    private int lead;
    private double share;
    private boolean told;

    /** @param nanoTime as {@link System#nanoTime} */
    AddressShare(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.minuteBegan = nanoTime.getAsLong();
    }

    /** One vote came from this address. */
    synchronized void count(String address) {
        endMinute();
        votes++;
        if (address.equals(suspect)) {
            ofSuspect++;
        }
        if (lead == 0) {
            candidate = address;
        }
        lead += address.equals(candidate) ? 1 : -1;
    }

    /** The share of one address in the votes of the last whole minute, if it was more than half; else 0. */
    synchronized double share() {
        endMinute();
        return share;
    }

    private void endMinute() {
        long now = nanoTime.getAsLong();
        if (now - minuteBegan < MINUTE) {
            return;
        }
        boolean most = votes >= FEWEST_VOTES && 2 * ofSuspect > votes;
        share = most && now - minuteBegan < 2 * MINUTE ? (double) ofSuspect / votes : 0;
        if (most && !told) {
            LOG.warning(warning());
        } else if (told && !most) {
            LOG.info("No address casts most votes any more");
        }
        told = most;
        suspect = candidate;
        minuteBegan = now;
        votes = 0;
        ofSuspect = 0;
        candidate = "";
        lead = 0;
    }

    private String warning() {
        String most = "%d of %d votes of the last minute came from ".formatted(ofSuspect, votes);
        return isPrivate(suspect)
                ? most
                        + "%s, a private address: if it is a proxy's, TRUSTED_PROXIES does not match it, and all voters behind it share its VOTE_RATE_LIMIT"
                                .formatted(suspect)
                : most
                        + "one public address: a proxy that TRUSTED_PROXIES does not match, many voters behind one address, or one who votes often; they share its VOTE_RATE_LIMIT";
    }

    /** Whether no voter in the Internet has this address, so that the log may name it. */
    private static boolean isPrivate(String address) {
        String first = address.replace("/64", "");
        return NUMBERS.matcher(first).matches()
                && parsed(first)
                        .map(ip -> ip.isSiteLocalAddress()
                                || ip.isLoopbackAddress()
                                || ip.isLinkLocalAddress()
                                || isUniqueLocal(ip.getAddress())
                                || isShared(ip.getAddress()))
                        .orElse(false);
    }

    /** RFC 4193. */
    private static boolean isUniqueLocal(byte[] ip) {
        return ip.length == 16 && (ip[0] & 0xfe) == 0xfc;
    }

    /** 100.64.0.0/10 (RFC 6598); networks of pods use it too. */
    private static boolean isShared(byte[] ip) {
        return ip.length == 4 && ip[0] == 100 && (ip[1] & 0xc0) == 64;
    }

    private static Optional<InetAddress> parsed(String numbers) {
        try {
            // Numbers alone cause no DNS lookup.
            return Optional.of(InetAddress.getByName(numbers));
        } catch (UnknownHostException noAddress) {
            return Optional.empty();
        }
    }
}
