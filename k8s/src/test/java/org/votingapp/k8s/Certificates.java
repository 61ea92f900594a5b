package org.votingapp.k8s;

import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.votingapp.testsupport.tls.CertificateAuthority;
import org.votingapp.testsupport.tls.IssuedCertificate;

/** The Secrets that the component tls asks for. */
final class Certificates {

    private Certificates() {}

    /** That of a new authority, and one for each store. */
    static List<Secret> secretsFor(String... stores)
            throws IOException, InterruptedException, GeneralSecurityException {
        CertificateAuthority authority = new CertificateAuthority(Files.createTempDirectory("certificates"), "stores");
        List<Secret> secrets = new ArrayList<>();
        secrets.add(ThrowAwaySecrets.of("stores-ca", Map.of("ca.crt", authority.pem())));
        for (String store : stores) {
            IssuedCertificate issued = authority.issue(store);
            secrets.add(ThrowAwaySecrets.of(
                    store + "-tls",
                    Map.of(
                            "tls.crt",
                            Files.readString(issued.file()),
                            "tls.key",
                            issued.privateKey(),
                            "ca.crt",
                            authority.pem())));
        }
        return secrets;
    }
}
