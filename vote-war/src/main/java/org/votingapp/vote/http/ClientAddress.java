package org.votingapp.vote.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Where a request comes from, as far as votes per address are concerned.
 *
 * <p>The server has put a trusted proxy's word in place already ({@code TRUSTED_PROXIES}). An IPv6 address counts by its
 * first 64 bits, since one household or host holds all that share them (RFC 6177).
 */
public final class ClientAddress {

    private static final int PREFIX_GROUPS = 4;

    private ClientAddress() {}

    /** The address, or an IPv6 address's prefix. */
    public static String of(HttpServletRequest request) {
        return prefix(request.getRemoteAddr());
    }

    static String prefix(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        String[] sides = address.split("%")[0].split("::", 2);
        String[] head = groups(sides[0]);
        String[] tail = sides.length > 1 ? groups(sides[1]) : new String[0];
        String[] all = new String[8];
        Arrays.fill(all, "0");
        System.arraycopy(head, 0, all, 0, Math.min(head.length, 8));
        int start = Math.max(head.length, 8 - tail.length);
        System.arraycopy(tail, 0, all, start, Math.min(tail.length, 8 - start));
        return Arrays.stream(all).limit(PREFIX_GROUPS).collect(Collectors.joining(":", "", "::/64"));
    }

    private static String[] groups(String side) {
        return side.isEmpty() ? new String[0] : side.split(":");
    }
}
