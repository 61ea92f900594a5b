package org.votingapp.vote.http;

import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Enumeration;
import java.util.regex.Pattern;

/**
 * Where a request comes from, as far as votes per address are concerned.
 *
 * <p>The server has put the word of a trusted proxy's {@code X-Forwarded-For} in place already ({@code TRUSTED_PROXIES}). An
 * IPv6 address counts by its first 64 bits, since one household or host holds all that share them (RFC 6177); an IPv4
 * address counts as itself however it is written (RFC 4291, section 2.5.5.2). Requests that do not tell count together.
 */
public final class ClientAddress {

    /** What does not tell an address counts as; no address is written so. */
    static final String UNKNOWN = "unknown";

    private static final String FORWARDED = "forwarded";
    private static final Pattern IPV4 = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3})(?::\\d+)?");
    private static final Pattern IPV6 =
            Pattern.compile("\\[?([0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(?:%[^\\]]*)?(?:\\](?::\\d+)?)?");

    private ClientAddress() {}

    /**
     * The address, or an IPv6 address's prefix.
     *
     * <p>The server also takes {@code Forwarded} (RFC 7239) from a trusted proxy, and then nothing else; but proxies that know
     * {@code X-Forwarded-For} alone pass it on as the client wrote it. So whoever sends it has not told an address.
     */
    public static String of(HttpServletRequest request) {
        Enumeration<String> names = request.getHeaderNames();
        while (names.hasMoreElements()) {
            // Liberty takes each header whose name begins so for it.
            if (names.nextElement().regionMatches(true, 0, FORWARDED, 0, FORWARDED.length())) {
                return UNKNOWN;
            }
        }
        return counted(request.getRemoteAddr());
    }

    /** @param address an address, with or without brackets, zone and port */
    static String counted(String address) {
        var ipv4 = IPV4.matcher(address);
        if (ipv4.matches()) {
            return ipv4.group(1);
        }
        var ipv6 = IPV6.matcher(address);
        return ipv6.matches() ? prefix(ipv6.group(1)) : UNKNOWN;
    }

    private static String prefix(String ipv6) {
        InetAddress parsed;
        try {
            // A text with a colon is read as an address, or refused; nobody is asked.
            parsed = InetAddress.getByName('[' + ipv6 + ']');
        } catch (UnknownHostException noAddress) {
            return UNKNOWN;
        }
        if (parsed instanceof Inet4Address mapped) {
            return mapped.getHostAddress();
        }
        ByteBuffer bytes = ByteBuffer.wrap(parsed.getAddress());
        return "%x:%x:%x:%x::/64".formatted(bytes.getShort(), bytes.getShort(), bytes.getShort(), bytes.getShort());
    }
}
