package org.votingapp.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Enumeration;
import java.util.regex.Pattern;

/**
 * The key of limits per address.
 *
 * <p>The server has already applied {@code X-Forwarded-For} from trusted proxies ({@code TRUSTED_PROXIES}). An IPv6 address
 * is reduced to its first 64 bits, which one household or host holds alone (RFC 6177). An IPv4-mapped IPv6 address is its
 * IPv4 address (RFC 4291, section 2.5.5.2). Requests without a usable address share one key.
 */
public final class ClientAddress {

    /** Key for requests without a usable address. No real address can equal it. */
    static final String UNKNOWN = "unknown";

    private static final String FORWARDED = "forwarded";
    private static final Pattern IPV4 = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3})(?::\\d+)?");
    private static final Pattern IPV6 =
            Pattern.compile("\\[?([0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(?:%[^\\]]*)?(?:\\](?::\\d+)?)?");

    private ClientAddress() {}

    /**
     * The IPv4 address, or the IPv6 prefix.
     *
     * <p>From a trusted proxy, Liberty prefers {@code Forwarded} (RFC 7239) to {@code X-Forwarded-For}. Most proxies pass
     * {@code Forwarded} on as the client wrote it, so a request with that header has no usable address.
     */
    public static String of(HttpServletRequest request) {
        Enumeration<String> names = request.getHeaderNames();
        while (names.hasMoreElements()) {
            // Liberty accepts any header whose name starts with it.
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
            // A text with a colon is parsed or rejected, without a DNS query.
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
