package org.votingapp.web;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * The files that pages load (styles, scripts, pictures), each under an address with the hash of its content, so that browsers
 * may keep it for ever.
 *
 * <p>They are in the class path under {@code assets/}: the shared ones in this module, an application's own ones in that
 * application. In a page: {@code #{assets.url('voting.css')}}. Each file is read and compressed once. Thread-safe.
 */
@Named
@Singleton
public class Assets {

    private static final Pattern ADDRESS = Pattern.compile("/([a-z][a-z0-9-]*)\\.([0-9a-f]{12})\\.(css|js|svg|png)");
    private static final Pattern NAME = Pattern.compile("([a-z][a-z0-9-]*)\\.(css|js|svg|png)");

    private final Map<String, Asset> known = new ConcurrentHashMap<>();

    /**
     * A file's content.
     *
     * @param content its bytes; not to be changed
     * @param gzip the same compressed; not to be changed; empty where that gains nothing
     * @param hash the first 12 hexadecimal digits of its SHA-256
     * @param mediaType its media type
     */
    record Asset(byte[] content, Optional<byte[]> gzip, String hash, String mediaType) {}

    /**
     * A file's address, relative to the application's first page, since a proxy may serve that below a path.
     *
     * @param name such as {@code voting.css}
     * @throws IllegalArgumentException where there is no such file
     */
    public String url(String name) {
        Asset asset = find(name).orElseThrow(() -> new IllegalArgumentException("no asset " + name));
        int dot = name.lastIndexOf('.');
        return "assets/%s.%s%s".formatted(name.substring(0, dot), asset.hash(), name.substring(dot));
    }

    /**
     * The file at an address, whatever hash is in it: during an upgrade, a page of the new version may ask a server of the
     * old one.
     *
     * @param path what follows {@code /assets}
     */
    Optional<Asset> at(String path) {
        Matcher address = ADDRESS.matcher(path);
        return address.matches() ? find(address.group(1) + "." + address.group(3)) : Optional.empty();
    }

    /** Whether an address has the hash of this server's file. */
    static boolean isCurrent(String path, Asset asset) {
        Matcher address = ADDRESS.matcher(path);
        return address.matches() && address.group(2).equals(asset.hash());
    }

    private Optional<Asset> find(String name) {
        Asset asset = known.get(name);
        if (asset == null && NAME.matcher(name).matches()) {
            // A missing file leaves no entry, so requests cannot fill the map.
            asset = known.computeIfAbsent(name, Assets::read);
        }
        return Optional.ofNullable(asset);
    }

    private static Asset read(String name) {
        try (InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream("assets/" + name)) {
            if (in == null) {
                return null;
            }
            byte[] content = in.readAllBytes();
            return new Asset(
                    content, gzip(name, content), HexFormat.of().formatHex(Sha256.of(content), 0, 6), mediaType(name));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Pictures as PNG are compressed already. */
    private static Optional<byte[]> gzip(String name, byte[] content) throws IOException {
        if (name.endsWith(".png")) {
            return Optional.empty();
        }
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(content);
        }
        return Optional.of(compressed.toByteArray()).filter(bytes -> bytes.length < content.length);
    }

    private static String mediaType(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "css" -> "text/css;charset=UTF-8";
            case "js" -> "text/javascript;charset=UTF-8";
            case "png" -> "image/png";
            default -> "image/svg+xml";
        };
    }
}
