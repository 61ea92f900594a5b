package org.votingapp.testsupport.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;

/**
 * A certificate and its key.
 *
 * @param folder the folder of the authority's files
 * @param host the host that it is for
 */
public record IssuedCertificate(Path folder, String host) {

    /** The certificate, in PEM. */
    public Path file() {
        return folder.resolve(host + ".crt");
    }

    /** The private key, in PEM (PKCS #8). */
    public String privateKey() throws IOException, GeneralSecurityException {
        Key key = keyStore().getKey("key", password());
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(key.getEncoded());
        return "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
    }

    /** Key and certificate chain, for a server in Java; protected by {@link #password()}. */
    public KeyStore keyStore() throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve(host + ".p12"))) {
            keys.load(in, password());
        }
        return keys;
    }

    /** The password of the key store. */
    public char[] password() {
        return CertificateAuthority.PASSWORD.toCharArray();
    }
}
