package org.votingapp.runtime.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.votingapp.runtime.settings.InvalidSettingException;

/** Files of certificates: those of two authorities that Java knows. */
class AuthoritiesTest {

    private static X509Certificate one;
    private static X509Certificate other;

    @TempDir
    private Path folder;

    @BeforeAll
    static void takeTwoOfJavas() throws GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init((KeyStore) null);
        List<X509Certificate> known = Stream.of(trust.getTrustManagers())
                .map(X509TrustManager.class::cast)
                .flatMap(manager -> Stream.of(manager.getAcceptedIssuers()))
                .limit(2)
                .toList();
        one = known.get(0);
        other = known.get(1);
    }

    @Test
    void aBundleIsReadInItsOrder() throws Exception {
        assertThat(read(pem(one) + pem(other))).containsExactly(one, other);
        assertThat(read(pem(other) + pem(one))).containsExactly(other, one);
    }

    @Test
    void textBetweenCertificatesAndEveryEndOfALineAreFine() throws Exception {
        String bundle = "# until 2027-03-01 -- then the next one\n" + pem(one) + "\nSubject: CN=other\n---\n"
                + pem(other) + "#";
        assertThat(read(bundle)).containsExactly(one, other);
        assertThat(read(bundle.replace("\n", "\r\n"))).containsExactly(one, other);
    }

    @Test
    void aFileThatIsNotThereIsRefusedByName() {
        assertThatThrownBy(() -> Authorities.inFile("db.sslrootcert", "/no/such/file"))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageMatching(
                        "DB_SSLROOTCERT is \"/no/such/file\"; it must be a file .* this one cannot be read");
        assertThatThrownBy(() -> Authorities.inFile("db.sslrootcert", "\0")).hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> Authorities.inFile("db.sslrootcert", folder.toString()))
                .hasMessageContaining("cannot be read");
    }

    @Test
    void aFileWithoutACertificateIsRefused() {
        for (String rubbish : List.of("", "\n", "-----BEGIN", "a certificate\n", "\0\0\0", pem(one).substring(1))) {
            assertThatThrownBy(() -> read(rubbish))
                    .as(rubbish)
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessageStartingWith("REDIS_SSLROOTCERT is ");
        }
    }

    /** Else an authority would be missing, and nobody would know before its certificates are the only ones. */
    @Test
    void aBundleOfWhichPartCannotBeReadIsRefused() throws Exception {
        String key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
        for (String rest : List.of(
                "-----BEGIN CERTIFICATE-----\n",
                pem(other).substring(0, 300),
                pem(other).replace("M", "*"),
                key,
                " " + pem(other),
                "\ufeff" + pem(other))) {
            assertThatThrownBy(() -> read(pem(one) + rest)).as(rest).isInstanceOf(InvalidSettingException.class);
        }
        assertThatThrownBy(() -> read("\ufeff" + pem(one) + pem(other)))
                .as("a byte order mark, by which every reader misses the first")
                .isInstanceOf(InvalidSettingException.class);
        assertThatThrownBy(() -> read(pem(one) + pem(other).indent(2)))
                .as("indented, by which every reader misses it")
                .hasMessageContaining("in this one 1 of 2 blocks can be read");
    }

    private List<X509Certificate> read(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("ca.crt"), content);
        return Authorities.inFile("redis.sslrootcert", file.toString());
    }

    private static String pem(X509Certificate certificate) {
        try {
            String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                    .encodeToString(certificate.getEncoded());
            return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
