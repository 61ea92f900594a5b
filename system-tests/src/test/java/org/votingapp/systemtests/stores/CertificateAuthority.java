package org.votingapp.systemtests.stores;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A certificate authority, valid for a day, with a certificate for {@code localhost}; made by the JDK's keytool. */
final class CertificateAuthority {

    private static final String PASSWORD = "of-a-test";
    private static final String NEW_KEY = "-genkeypair -keyalg EC -groupname secp256r1 -validity 1 -storetype PKCS12";

    private final Path folder;

    /** Creates it, with all files in a folder. */
    CertificateAuthority(Path folder, String name) throws IOException, InterruptedException {
        this.folder = Files.createDirectories(folder);
        keytool(NEW_KEY + " -alias ca -ext bc:c=ca:true -keystore ca.p12 -dname CN=" + name);
        keytool("-exportcert -rfc -alias ca -keystore ca.p12 -file ca.crt");
        keytool("-importcert -noprompt -alias ca -storetype PKCS12 -keystore trust.p12 -file ca.crt");
        keytool(NEW_KEY + " -alias key -keystore localhost.p12 -dname CN=localhost");
        keytool("-certreq -alias key -keystore localhost.p12 -file localhost.csr");
        keytool("-gencert -rfc -alias ca -keystore ca.p12 -validity 1 -ext san=dns:localhost -infile localhost.csr"
                + " -outfile localhost.crt");
        keytool("-importcert -noprompt -trustcacerts -alias ca -keystore localhost.p12 -file ca.crt");
        keytool("-importcert -noprompt -alias key -keystore localhost.p12 -file localhost.crt");
    }

    /** The authority's certificate, in PEM. */
    String pem() throws IOException {
        return Files.readString(folder.resolve("ca.crt"));
    }

    /** The JVM options that make it trust this authority alone. */
    String trustedByTheJvm() {
        return "-Djavax.net.ssl.trustStore=%s -Djavax.net.ssl.trustStorePassword=%s"
                .formatted(folder.resolve("trust.p12"), PASSWORD);
    }

    /** The certificate for localhost, in PEM. */
    Path certificate() {
        return folder.resolve("localhost.crt");
    }

    /** The key of that certificate, in PEM, readable by the owner alone, as Postgres demands. */
    Path key() throws IOException, GeneralSecurityException {
        Key key = keys().getKey("key", PASSWORD.toCharArray());
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(key.getEncoded());
        Path file = folder.resolve("localhost.key");
        Files.writeString(file, "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    /** Key and certificate as a key store; its password is {@link #password()}. */
    KeyStore keys() throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("localhost.p12"))) {
            keys.load(in, password());
        }
        return keys;
    }

    char[] password() {
        return PASSWORD.toCharArray();
    }

    private void keytool(String arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments.split(" ")));
        command.addAll(List.of("-storepass", PASSWORD));
        Process keytool = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool " + arguments + ": " + output);
        }
    }
}
