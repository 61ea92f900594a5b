package org.votingapp.runtime.tls;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.votingapp.runtime.settings.InvalidSettingException;
import org.votingapp.runtime.settings.Settings;

/**
 * The certificate authorities that verify a store's certificate.
 *
 * @param own the certificates of a bundle
 * @param withJavas whether Java's default authorities count too: its {@code cacerts}, or {@code javax.net.ssl.trustStore}
 */
public record Authorities(List<X509Certificate> own, boolean withJavas) {

    /** The value that stands for Java's authorities, as in libpq ({@code sslrootcert=system}). */
    public static final String SYSTEM = "system";

    /** The format of {@link #trustStore()}. */
    public static final String TRUST_STORE_TYPE = "JKS";

    /** Java's default authorities. */
    public static final Authorities JAVAS = new Authorities(List.of(), true);

    private static final String EXPECTED = "a file that can be read, with the certificates of authorities in PEM, or "
            + SYSTEM + " for those of Java; ";

    private static final Pattern BEGIN = Pattern.compile("-----BEGIN ");

    /** Copies the list. */
    public Authorities {
        own = List.copyOf(own);
    }

    /**
     * Reads the certificates in the file that a setting names: one or several, in any order, with any text between them.
     *
     * @param property the setting, such as {@code db.sslrootcert}
     * @param file its value
     * @throws InvalidSettingException where the file cannot be read, has no certificate, or has a block that is not one
     */
    public static List<X509Certificate> inFile(String property, String file) {
        byte[] content;
        try {
            content = Files.readAllBytes(Path.of(file));
        } catch (IOException | InvalidPathException unreadable) {
            throw Settings.invalid(property, file, EXPECTED + "this one cannot be read");
        }
        List<X509Certificate> certificates = certificates(property, file, content);
        // Java skips a block whose line begins with a space or a byte order mark, so count what should be there.
        long begun = BEGIN.matcher(new String(content, StandardCharsets.ISO_8859_1))
                .results()
                .count();
        if (certificates.isEmpty() || certificates.size() < begun) {
            throw Settings.invalid(
                    property,
                    file,
                    EXPECTED + "in this one %d of %d blocks can be read".formatted(certificates.size(), begun));
        }
        return certificates;
    }

    private static List<X509Certificate> certificates(String property, String file, byte[] content) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(content))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (CertificateException broken) {
            throw Settings.invalid(property, file, EXPECTED + "this one holds something that is no certificate");
        }
    }

    /** The certificates as a trust store of type {@value #TRUST_STORE_TYPE}, which can be read without its password. */
    public InputStream trustStore() throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try {
            KeyStore store = KeyStore.getInstance(TRUST_STORE_TYPE);
            store.load(null, null);
            List<X509Certificate> all = new ArrayList<>(own);
            if (withJavas) {
                all.addAll(javas());
            }
            for (int at = 0; at < all.size(); at++) {
                store.setCertificateEntry(Integer.toString(at), all.get(at));
            }
            store.store(content, TRUST_STORE_TYPE.toCharArray());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("no trust store can be made: " + impossible.getMessage(), impossible);
        }
        return new ByteArrayInputStream(content.toByteArray());
    }

    private static List<X509Certificate> javas() throws GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init((KeyStore) null);
        return Stream.of(trust.getTrustManagers())
                .map(X509TrustManager.class::cast)
                .flatMap(manager -> Stream.of(manager.getAcceptedIssuers()))
                .toList();
    }
}
