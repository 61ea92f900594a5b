package org.votingapp.k8s;

import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** An authority of a day, and a certificate of it for each store, made by the JDK's keytool. */
final class Certificates {

    private static final String KEYTOOL =
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    private static final String ALGORITHM = " -keyalg EC -groupname secp256r1 -validity 1 -storetype PKCS12 ";

    private final Path folder;
    private final Map<String, String> password =
            Map.of("password", UUID.randomUUID().toString());

    private Certificates(Path folder) {
        this.folder = folder;
    }

    /** The Secrets that the component tls asks for. */
    static List<Secret> secretsFor(String... stores)
            throws IOException, InterruptedException, GeneralSecurityException {
        Certificates made = new Certificates(Files.createTempDirectory("certificates"));
        made.keytool("-genkeypair -alias ca -dname CN=stores -ext bc:c=ca:true" + ALGORITHM + "-keystore ca.p12");
        made.keytool("-exportcert -rfc -alias ca -keystore ca.p12 -file ca.crt");
        List<Secret> secrets = new ArrayList<>();
        secrets.add(ThrowAwaySecrets.of("stores-ca", Map.of("ca.crt", made.read("ca.crt"))));
        for (String store : stores) {
            secrets.add(made.certified(store));
        }
        return secrets;
    }

    private Secret certified(String name) throws IOException, InterruptedException, GeneralSecurityException {
        keytool("-genkeypair -alias key -dname CN=" + name + ALGORITHM + "-keystore " + name + ".p12");
        keytool("-certreq -alias key -keystore " + name + ".p12 -file " + name + ".csr");
        keytool("-gencert -rfc -alias ca -keystore ca.p12 -validity 1 -ext san=dns:" + name + " -infile " + name
                + ".csr -outfile " + name + ".crt");
        return ThrowAwaySecrets.of(
                name + "-tls",
                Map.of("tls.crt", read(name + ".crt"), "tls.key", privateKey(name), "ca.crt", read("ca.crt")));
    }

    private String privateKey(String name) throws IOException, GeneralSecurityException {
        char[] secret = password.get("password").toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve(name + ".p12"))) {
            store.load(in, secret);
        }
        Key key = store.getKey("key", secret);
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(key.getEncoded());
        return "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n";
    }

    private void keytool(String line) throws IOException, InterruptedException {
        Program.run(folder, KEYTOOL + " " + line + " -storepass {password}", password);
    }

    private String read(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }
}
