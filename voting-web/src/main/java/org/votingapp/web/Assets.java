package org.votingapp.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files that pages load (styles, scripts, icons), each under an address that carries the hash of its content, so
 * that browsers may keep it for ever.
 *
 * <p>They lie in the class path under {@code assets/}: those that both applications use in this module, an
 * application's own in that application. In a page: {@code #{assets.url('voting.css')}}. Thread-safe; each file is read
 * once.
 */
@Named
@ApplicationScoped
public class Assets {

    private static final Pattern ADDRESS = Pattern.compile("/([a-z][a-z0-9-]*)\\.([0-9a-f]{12})\\.(css|js|svg)");
    private static final Pattern NAME = Pattern.compile("([a-z][a-z0-9-]*)\\.(css|js|svg)");

    private final Map<String, Asset> known = new ConcurrentHashMap<>();

    /**
     * A file's content.
     *
     * @param content its bytes; not to be changed
     * @param hash the first 12 hexadecimal digits of its SHA-256
     * @param mediaType what it is
     */
    record Asset(byte[] content, String hash, String mediaType) {}

    /**
     * Where browsers find a file, relative to the application's first page: a proxy may have put that below a path.
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
     * The file at an address, whatever the hash in it, since during an upgrade a page of the new version may ask a server
     * of the old one.
     *
     * @param path what follows {@code /assets}
     */
    Optional<Asset> at(String path) {
        Matcher address = ADDRESS.matcher(path);
        return address.matches() ? find(address.group(1) + "." + address.group(3)) : Optional.empty();
    }

    /** Whether an address carries the hash of the file as it is here. */
    static boolean isCurrent(String path, Asset asset) {
        Matcher address = ADDRESS.matcher(path);
        return address.matches() && address.group(2).equals(asset.hash());
    }

    private Optional<Asset> find(String name) {
        Asset asset = known.get(name);
        if (asset == null && NAME.matcher(name).matches()) {
            asset = read(name);
            if (asset != null) {
                known.put(name, asset);
            }
        }
        return Optional.ofNullable(asset);
    }

    private static Asset read(String name) {
        try (InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream("assets/" + name)) {
            if (in == null) {
                return null;
            }
            byte[] content = in.readAllBytes();
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return new Asset(content, HexFormat.of().formatHex(digest, 0, 6), mediaType(name));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (NoSuchAlgorithmException impossible) {
            // Every Java platform has SHA-256 (MessageDigest, "Every implementation … is required to support").
            throw new IllegalStateException(impossible);
        }
    }

    private static String mediaType(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "css" -> "text/css;charset=UTF-8";
            case "js" -> "text/javascript;charset=UTF-8";
            default -> "image/svg+xml";
        };
    }
}
