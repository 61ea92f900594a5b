package org.votingapp.testsupport.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthorityTest {

    private static final int DNS_NAME = 2;

    @TempDir
    private static Path folder;

    private static X509Certificate root;
    private static IssuedCertificate issued;

    @BeforeAll
    static void issue() throws Exception {
        CertificateAuthority authority = new CertificateAuthority(folder, "stores");
        root = certificate(authority.pem());
        issued = authority.issue("redis");
    }

    @Test
    void theAuthoritySignsTheCertificateOfTheHost() throws Exception {
        X509Certificate certificate = certificate(Files.readString(issued.file()));

        certificate.verify(root.getPublicKey());
        assertThat(certificate.getSubjectAlternativeNames()).containsExactly(List.of(DNS_NAME, "redis"));
        assertThat(root.getBasicConstraints()).as("may sign").isNotNegative();
    }

    @Test
    void thePrivateKeyIsThatOfTheCertificate() throws Exception {
        byte[] text = "any".getBytes(StandardCharsets.US_ASCII);
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(privateKey(issued.privateKey()));
        signature.update(text);
        byte[] signed = signature.sign();

        signature.initVerify(certificate(Files.readString(issued.file())));
        signature.update(text);

        assertThat(signature.verify(signed)).isTrue();
        assertThat(issued.keyStore().getCertificateChain("key")).hasSize(2);
    }

    private static PrivateKey privateKey(String pem) throws Exception {
        String base64 = pem.replaceAll("-----[A-Z ]+-----", "");
        return KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
    }

    private static X509Certificate certificate(String pem) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }
}
