package org.votingapp.result.page;

import io.nayuki.qrcodegen.QrCode;
import java.net.URI;
import java.net.URISyntaxException;

/** The address of the voting page as a QR code (ISO/IEC 18004), for phones in the room. */
final class VotingCode {

    /** The width of the quiet zone that the standard requires, in modules. */
    private static final int QUIET = 4;

    private VotingCode() {}

    /** Whether another device can use the address: a loopback address leads it to itself. */
    static boolean isUseful(String address) {
        try {
            String host = new URI(address).getHost();
            return host != null && !host.equals("localhost") && !host.startsWith("127.") && !host.equals("[::1]");
        } catch (URISyntaxException leadsNowhere) {
            // The client names the host, and "[::::]" is none.
            return false;
        }
    }

    /** An address as people say it: without the scheme, and without the slash after a host that has no path. */
    static String spoken(String address) {
        return address.replaceFirst("^https?://", "").replaceFirst("^([^/]*)/$", "$1");
    }

    /** The code as an SVG image; dark on light in every colour scheme, as scanners expect. */
    static String svg(String address) {
        QrCode code = QrCode.encodeText(address, QrCode.Ecc.MEDIUM);
        StringBuilder modules = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                if (code.getModule(x, y)) {
                    modules.append('M')
                            .append(x + QUIET)
                            .append(' ')
                            .append(y + QUIET)
                            .append("h1v1h-1z");
                }
            }
        }
        int side = code.size + 2 * QUIET;
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %1$d" shape-rendering="crispEdges">\
                <path fill="#fff" d="M0 0h%1$dv%1$dH0z"/><path d="%2$s"/></svg>
                """.formatted(side, modules);
    }
}
