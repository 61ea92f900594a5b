package org.votingapp.web;

import io.nayuki.qrcodegen.QrCode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import javax.imageio.ImageIO;

/** The address of the voting page as a QR code (ISO/IEC 18004), for phones in the room. */
public final class VotingCode {

    /** The width of the quiet zone that the standard requires, in modules. */
    private static final int QUIET = 4;

    private VotingCode() {}

    /** Whether another device can use the address: a loopback address leads it to itself. */
    public static boolean isUseful(String address) {
        try {
            String host = new URI(address).getHost();
            return host != null && !host.equals("localhost") && !host.startsWith("127.") && !host.equals("[::1]");
        } catch (URISyntaxException leadsNowhere) {
            // The client names the host, and "[::::]" is none.
            return false;
        }
    }

    /** An address as people say it: without the scheme, and without the slash after a host that has no path. */
    public static String spoken(String address) {
        return address.replaceFirst("^https?://", "").replaceFirst("^([^/]*)/$", "$1");
    }

    /** A spoken address in parts that should stay whole where it does not fit a line: the last one is the room's code. */
    public static List<String> parts(String spoken) {
        int slash = spoken.lastIndexOf('/', spoken.length() - 2);
        return slash < 0 ? List.of(spoken) : List.of(spoken.substring(0, slash), spoken.substring(slash));
    }

    /** The code as a PNG image for print, each module so many pixels wide. */
    public static byte[] png(String address, int pixels) {
        QrCode code = QrCode.encodeText(address, QrCode.Ecc.MEDIUM);
        int side = (code.size + 2 * QUIET) * pixels;
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_BINARY);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                // The quiet zone lies outside of the code, where no module is dark.
                boolean dark = code.getModule(x / pixels - QUIET, y / pixels - QUIET);
                image.setRGB(x, y, dark ? 0x000000 : 0xFFFFFF);
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** The code as an SVG image; dark on light in every colour scheme, as scanners expect. */
    public static String svg(String address) {
        QrCode code = QrCode.encodeText(address, QrCode.Ecc.MEDIUM);
        StringBuilder modules = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                int from = x;
                // No module outside of the code is dark.
                while (code.getModule(x, y)) {
                    x++;
                }
                if (x > from) {
                    modules.append('M')
                            .append(from + QUIET)
                            .append(' ')
                            .append(y + QUIET)
                            .append('h')
                            .append(x - from)
                            .append("v1h-")
                            .append(x - from)
                            .append('z');
                }
            }
        }
        int side = code.size + 2 * QUIET;
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$s %1$s" shape-rendering="crispEdges">\
                <path fill="#fff" d="M0 0h%1$sv%1$sH0z"/><path d="%2$s"/></svg>
                """.formatted(side, modules);
    }
}
