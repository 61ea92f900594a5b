package org.votingapp.web;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** Serves {@link Assets}. Caches keep a file for ever if the address has its hash, and else not at all. */
@WebServlet("/assets/*")
public final class AssetServlet extends MethodsServlet {

    private static final long serialVersionUID = 1L;

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
        response.setContentLength(asset.content().length);
        response.getOutputStream().write(asset.content());
    }
}
