package org.votingapp.web;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Serves {@link Assets}. Caches keep a file for ever if the address has its hash, and else not at all. */
@WebServlet("/assets/*")
public final class AssetServlet extends MethodsServlet {

    private static final long serialVersionUID = 1L;

    private static final Pattern WEIGHT = Pattern.compile("\\s*;\\s*q\\s*=\\s*");

    private final transient Assets assets;

    /** Serves these assets. */
    @Inject
    public AssetServlet(Assets assets) {
        super("GET", "HEAD");
        this.assets = assets;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = Optional.ofNullable(request.getPathInfo()).orElse("");
        Optional<Assets.Asset> found = assets.at(path);
        if (found.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        Assets.Asset asset = found.get();
        boolean current = Assets.isCurrent(path, asset);
        response.setHeader("Cache-Control", current ? "public, max-age=31536000, immutable" : "no-store");
        response.setContentType(asset.mediaType());
        byte[] content = asset.content();
        if (asset.gzip().isPresent()) {
            response.setHeader("Vary", "Accept-Encoding");
            if (acceptsGzip(request)) {
                response.setHeader("Content-Encoding", "gzip");
                content = asset.gzip().get();
            }
        }
        response.setContentLength(content.length);
        response.getOutputStream().write(content);
    }

    private static boolean acceptsGzip(HttpServletRequest request) {
        return Collections.list(request.getHeaders("Accept-Encoding")).stream().anyMatch(AssetServlet::hasGzip);
    }

    /** Whether a list of codings has gzip, and not with a weight of zero (RFC 9110, section 12.5.3). */
    static boolean hasGzip(String codings) {
        return Stream.of(codings.toLowerCase(Locale.ROOT).split(","))
                .map(coding -> WEIGHT.split(coding.strip()))
                .anyMatch(parts -> parts[0].equals("gzip") && (parts.length == 1 || !parts[1].matches("0(\\.0*)?")));
    }
}
