package org.votingapp.testsupport.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A certificate authority, valid for a day, made by the JDK's keytool. */
public final class CertificateAuthority {

    /** Of every key store here; they are thrown away with their folder. */
    static final String PASSWORD = "of-a-test";

    private static final String NEW_KEY = "-genkeypair -keyalg EC -groupname secp256r1 -validity 1 -storetype PKCS12";

    private final Path folder;

    /** Creates it, with all files in a folder. */
    public CertificateAuthority(Path folder, String name) throws IOException, InterruptedException {
        this.folder = Files.createDirectories(folder);
        keytool(NEW_KEY + " -alias ca -ext bc:c=ca:true -keystore ca.p12 -dname CN=" + name);
        keytool("-exportcert -rfc -alias ca -keystore ca.p12 -file ca.crt");
        keytool("-importcert -noprompt -alias ca -storetype PKCS12 -keystore trust.p12 -file ca.crt");
    }

    /** The authority's certificate, in PEM. */
    public String pem() throws IOException {
        return Files.readString(folder.resolve("ca.crt"));
    }

    /** The JVM options that make it trust this authority alone. */
    public String trustedByTheJvm() {
        return "-Djavax.net.ssl.trustStore=%s -Djavax.net.ssl.trustStorePassword=%s"
                .formatted(folder.resolve("trust.p12"), PASSWORD);
    }

    /** Issues a certificate for the DNS name of a host, or for its IPv4 address. */
    public IssuedCertificate issue(String host) throws IOException, InterruptedException {
        String store = " -keystore " + host + ".p12";
        keytool(NEW_KEY + " -alias key -dname CN=" + host + store);
        keytool("-certreq -alias key -file " + host + ".csr" + store);
        keytool(
                "-gencert -rfc -alias ca -keystore ca.p12 -validity 1 -ext san=%2$s:%1$s -infile %1$s.csr -outfile %1$s.crt"
                        .formatted(host, host.matches("[0-9.]+") ? "ip" : "dns"));
        keytool("-importcert -noprompt -trustcacerts -alias ca -file ca.crt" + store);
        keytool("-importcert -noprompt -alias key -file " + host + ".crt" + store);
        return new IssuedCertificate(folder, host);
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
