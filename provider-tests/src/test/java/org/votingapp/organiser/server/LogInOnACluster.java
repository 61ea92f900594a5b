package org.votingapp.organiser.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.io.TempDir;
import org.votingapp.testsupport.UnusedPort;
import org.votingapp.testsupport.tls.CertificateAuthority;

/**
 * The component {@code openid-connect} on the local overlay, as its README says, on the cluster that kubectl points to. The provider runs
 * here, outside the cluster: at port 443 of {@code kubernetes.provider}, an address of this machine that pods reach. By hand:
 * CONTRIBUTING.md.
 */
class LogInOnACluster {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]*)\"");

    private final HttpClient browser = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager())
            .build();
    private final int organiser = UnusedPort.find();
    private final int result = UnusedPort.find();
    private Optional<Path> applied = Optional.empty();

    /** What an operator would look at, before it is removed. */
    @RegisterExtension
    final TestExecutionExceptionHandler stateOnFailure = (context, failure) -> {
        List.of(
                        kubectl("-n", "voting", "get", "pods,networkpolicies", "-o", "wide"),
                        kubectl("-n", "voting", "get", "events", "--sort-by=.lastTimestamp"),
                        kubectl("-n", "voting", "logs", "deployment/organiser", "--tail=30"))
                .forEach(command -> System.out.println(output(command, "").text()));
        throw failure;
    };

    private record Outcome(int status, String text) {}

    private static ProcessBuilder kubectl(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(Optional.ofNullable(System.getenv("KUBECTL")).orElse("kubectl")));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true);
    }

    private static Outcome output(ProcessBuilder command, String input) {
        try {
            Process process = command.start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), text);
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static void succeed(ProcessBuilder command, String input) {
        Outcome outcome = output(command, input);
        assertThat(outcome.status())
                .as(command.command() + "\n" + outcome.text())
                .isZero();
    }

    private static void succeed(String... arguments) {
        succeed(kubectl(arguments), "");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    private HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + organiser + path));
    }

    private HttpResponse<String> get(String path) throws IOException {
        return send(at(path));
    }

    /** The overlay of the component's README, with this provider in place of the example. */
    private static Path overlay(String address, String issuer, String authority) throws IOException {
        Path yours = Files.createDirectories(Path.of("target/cluster/yours"));
        Files.writeString(yours.resolve("kustomization.yaml"), """
                resources: [../../../../k8s/overlays/local]
                components: [../../../../k8s/components/openid-connect]
                """);
        String kustomization = Files.readAllLines(Path.of("../k8s/components/openid-connect/README.md")).stream()
                .dropWhile(line -> !line.equals("```yaml"))
                .skip(1)
                .takeWhile(line -> !line.equals("```"))
                .collect(Collectors.joining("\n"));
        Map<String, String> values = Map.of(
                "OIDC_ISSUER=https://login.example.org/realms/staff",
                "OIDC_ISSUER=" + issuer,
                "OIDC_CLIENT_ID=voting",
                "OIDC_CLIENT_ID=" + SpringProvider.CLIENT,
                "OIDC_ORGANISERS=voting-organisers",
                "OIDC_ORGANISERS=run-votes",
                "OIDC_ADMINISTRATORS=voting-administrators",
                "OIDC_ADMINISTRATORS=run-all-votes",
                "203.0.113.7/32",
                address + "/32");
        assertThat(kustomization).contains(values.keySet());
        for (Map.Entry<String, String> value : values.entrySet()) {
            kustomization = kustomization.replace(value.getKey(), value.getValue());
        }
        Path top = Files.createDirectories(yours.resolveSibling("top"));
        Files.writeString(top.resolve("ca.crt"), authority);
        Files.writeString(top.resolve("kustomization.yaml"), kustomization);
        return top;
    }

    /** Takes no namespace that is there: it may hold somebody's votes. */
    private void deploy(Path overlay) {
        succeed("create", "namespace", "voting");
        applied = Optional.of(overlay);
        succeed("apply", "-k", overlay.toString());
        // A line as one types it.
        succeed(
                kubectl(
                        "-n",
                        "voting",
                        "create",
                        "secret",
                        "generic",
                        "openid-client",
                        "--from-file=secret=/dev/stdin"),
                SpringProvider.SECRET + "\n");
        for (String server : List.of("organiser", "result")) {
            succeed("-n", "voting", "rollout", "status", "deployment/" + server, "--timeout=4m");
        }
    }

    /** As k8s/README.md says. */
    @AfterEach
    void remove() {
        applied.ifPresent(overlay -> {
            String guard = "votes-are-kept";
            succeed("annotate", "namespace", "voting", "votingapp.org/may-be-deleted=true");
            succeed(
                    "patch",
                    "validatingadmissionpolicy/" + guard,
                    "validatingadmissionpolicybinding/" + guard,
                    "--type=merge",
                    "--patch={\"metadata\":{\"finalizers\":null}}");
            succeed("delete", "--ignore-not-found", "-k", overlay.toString());
        });
    }

    private static Process forward(String service, int port) throws IOException {
        return kubectl("-n", "voting", "port-forward", "service/" + service, port + ":80")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @Test
    void anOrganiserLogsInAndOutAndReadsHowManyWatch(@TempDir Path folder) throws Exception {
        String address = Optional.ofNullable(System.getProperty("kubernetes.provider"))
                .orElseThrow(() -> new IllegalStateException(
                        "Name an address of this machine that pods reach: -Dkubernetes.provider=ADDRESS"));
        CertificateAuthority authority = new CertificateAuthority(folder, "provider");
        try (SpringProvider provider = new SpringProvider(authority.issue(address))) {
            provider.start("127.0.0.1:" + organiser);
            deploy(overlay(address, provider.issuer(), authority.pem()));
            Process toOrganiser = forward("organiser", organiser);
            Process toResult = forward("result", result);
            try {
                await().atMost(SOON)
                        .ignoreExceptions()
                        .until(() -> get("/login").statusCode() == 200);
                logInAndOut(provider);
                readHowManyWatch(provider);
            } finally {
                toOrganiser.destroy();
                toResult.destroy();
            }
        }
    }

    private void logIn(SpringProvider provider, String name) throws IOException {
        HttpResponse<String> sent = get("/openid");
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(303);
        URI callback =
                URI.create(provider.logIn(sent.headers().firstValue("Location").orElseThrow(), name));
        HttpResponse<String> answer = get(callback.getRawPath() + "?" + callback.getRawQuery());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private void logInAndOut(SpringProvider provider) throws IOException {
        assertThat(get("/login").body()).contains("href=\"openid\"", "id=\"password\"");
        logIn(provider, "anna");
        String account = get("/account").body();
        assertThat(account).contains(">Anna Łęcka</a>");
        Matcher csrf = CSRF.matcher(account);
        assertThat(csrf.find()).isTrue();
        HttpResponse<String> out = send(at("/logout")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "csrf=" + URLEncoder.encode(csrf.group(1), StandardCharsets.UTF_8))));
        assertThat(out.body()).contains("url=" + provider.issuer() + "/connect/logout?", "id_token_hint=");
        assertThat(get("/account").statusCode()).isEqualTo(303);
    }

    private void readHowManyWatch(SpringProvider provider) throws IOException {
        logIn(provider, "root");
        String live = "/api/polls/cats-vs-dogs/live";
        await().atMost(SOON).until(() -> get(live).body().contains("\"watchers\":0,\"watchersComplete\":true"));
        try (InputStream stream = URI.create("http://127.0.0.1:" + result + "/api/results/stream")
                .toURL()
                .openStream()) {
            assertThat(stream.read()).isPositive();
            await().atMost(SOON).until(() -> get(live).body().contains("\"watchers\":1,\"watchersComplete\":true"));
        }
    }
}
