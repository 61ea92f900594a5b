package org.votingapp.systemtests.hardening;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.votingapp.systemtests.shared.RawHttp;
import org.votingapp.systemtests.shared.RawHttp.Answer;

/** What those see who get a link to a page, look for its icon, or keep it on a home screen. */
class SharedLinksIT {

    private static final Map<String, String> OVER_TLS =
            Map.of("Host", "vote.example.org", "X-Forwarded-Proto", "https", "X-Forwarded-For", "192.0.2.77");

    private final Fortress fortress = Fortress.stands();
    private final List<RawHttp> servers = List.of(fortress.vote(), fortress.result());

    @Test
    void aPageHasTitleDescriptionAndAPictureForThoseWhoShareIt() throws IOException {
        for (RawHttp server : servers) {
            String page = server.get("/", Map.of("Host", "localhost:8080")).text();
            assertThat(property(page, "og:title")).contains("Cats vs Dogs!");
            assertThat(property(page, "og:type")).contains("website");
            assertThat(property(page, "og:locale")).contains("en_US");
            assertThat(property(page, "og:url")).contains("http://localhost:8080/");
            assertThat(property(page, "og:description")).isPresent().isEqualTo(named(page, "description"));
            assertThat(property(page, "og:image:alt")).isPresent();

            String picture = property(page, "og:image").orElseThrow();
            assertThat(picture).startsWith("http://localhost:8080/assets/share.");
            BufferedImage shown = picture(server, picture.substring("http://localhost:8080".length()));
            assertThat(List.of(shown.getWidth(), shown.getHeight()).toString())
                    .isEqualTo("[1200, 630]")
                    .isEqualTo("[%s, %s]"
                            .formatted(
                                    property(page, "og:image:width").orElseThrow(),
                                    property(page, "og:image:height").orElseThrow()));
        }
        assertThat(named(fortress.vote().get("/").text(), "description")).contains("Vote now. No account needed.");
    }

    @Test
    void presentModeHasThemToo() throws IOException {
        String page = fortress.result().get("/present").text();
        assertThat(property(page, "og:title")).contains("Cats vs Dogs!");
        assertThat(property(page, "og:url").orElseThrow()).endsWith("/present");
        assertThat(property(page, "og:image")).isPresent();
        assertThat(named(page, "description")).contains("See the result. It updates by itself.");
    }

    @Test
    void itsLinksAreThoseOfATrustedProxyAndOfNobodyElse() throws IOException {
        for (RawHttp server : servers) {
            assertThat(property(server.get("/", OVER_TLS).text(), "og:url")).contains("https://vote.example.org/");
            RawHttp stranger = new RawHttp(server.port(), Fortress.STRANGER);
            assertThat(property(stranger.get("/", OVER_TLS).text(), "og:url")).contains("http://vote.example.org/");
        }
    }

    /** By RFC 3986 it may be a host's name, and in a link it is none. */
    @Test
    void aHostThatNobodyHasStandsInNoLink() throws IOException {
        for (RawHttp server : servers) {
            Answer page = server.get("/", Map.of("Host", "a(b)&c"));
            assertThat(page.code()).isEqualTo(200);
            assertThat(property(page.text(), "og:title")).contains("Cats vs Dogs!");
            assertThat(property(page.text(), "og:url")).isEmpty();
            assertThat(property(page.text(), "og:image")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/favicon.ico, image/vnd.microsoft.icon",
        "/robots.txt, text/plain;charset=UTF-8",
        "/manifest.webmanifest, application/manifest+json",
    })
    void whatIsLookedForAtAFixedAddressIsThereAndIsKeptForADay(String path, String type) throws IOException {
        for (RawHttp server : servers) {
            Answer answer = server.get(path);
            assertThat(answer.code()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).contains(type);
            assertThat(answer.header("Cache-Control")).contains("public, max-age=86400");
        }
    }

    @Test
    void crawlersMayReadPagesAndNothingElse() throws IOException {
        for (RawHttp server : servers) {
            assertThat(server.get("/robots.txt").text().lines().filter(line -> !line.startsWith("#")))
                    .containsExactly(
                            "User-agent: *",
                            "Disallow: /api/",
                            "Disallow: /health",
                            "Disallow: /metrics",
                            "Disallow: /openapi");
        }
    }

    @Test
    void theManifestNamesThePageInTheReadersLanguageAndHasIcons() throws IOException {
        for (RawHttp server : servers) {
            Answer german = server.get("/manifest.webmanifest", Map.of("Accept-Language", "de"));
            assertThat(german.header("Vary")).contains("Accept-Language, Cookie");
            assertThat(parsed(german).get("name").getAsString()).isEqualTo("Abstimmung");
            assertThat(parsed(german).get("lang").getAsString()).isEqualTo("de");
            JsonObject english = parsed(server.get("/manifest.webmanifest"));
            assertThat(english.get("name").getAsString()).isEqualTo("Voting");
            for (JsonElement icon : english.getAsJsonArray("icons")) {
                JsonObject described = icon.getAsJsonObject();
                Answer found = server.get("/" + described.get("src").getAsString());
                assertThat(found.header("Content-Type"))
                        .contains(described.get("type").getAsString());
            }
        }
    }

    @Test
    void thePictureForHomeScreensIsThere() throws IOException {
        for (RawHttp server : servers) {
            Matcher link = Pattern.compile("<link rel=\"apple-touch-icon\" href=\"([^\"]+)\"")
                    .matcher(server.get("/").text());
            assertThat(link.find()).isTrue();
            assertThat(picture(server, "/" + link.group(1)).getWidth()).isEqualTo(180);
        }
    }

    @Test
    void styleAndScriptsComeCompressedToBrowsersAndPlainToOthers() throws IOException {
        for (RawHttp server : servers) {
            Matcher style = Pattern.compile("\"(assets/voting[^\"]+)\"")
                    .matcher(server.get("/").text());
            assertThat(style.find()).isTrue();
            String path = "/" + style.group(1);
            Answer plain = server.get(path);
            assertThat(plain.header("Content-Encoding")).isEmpty();
            Answer compressed = server.get(path, Map.of("Accept-Encoding", "gzip, deflate, br"));
            assertThat(compressed.header("Content-Encoding")).contains("gzip");
            byte[] body = compressed.body().getBytes(StandardCharsets.ISO_8859_1);
            assertThat(new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes())
                    .isEqualTo(plain.body().getBytes(StandardCharsets.ISO_8859_1));
            for (Answer answer : List.of(plain, compressed)) {
                assertThat(answer.header("Vary")).contains("Accept-Encoding");
            }
        }
    }

    private static BufferedImage picture(RawHttp server, String path) throws IOException {
        Answer answer = server.get(path);
        assertThat(answer.header("Content-Type")).contains("image/png");
        assertThat(answer.header("Cache-Control")).contains("public, max-age=31536000, immutable");
        return ImageIO.read(new ByteArrayInputStream(answer.body().getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static JsonObject parsed(Answer answer) {
        return JsonParser.parseString(answer.text()).getAsJsonObject();
    }

    private static Optional<String> property(String page, String name) {
        return content(page, "property", name);
    }

    private static Optional<String> named(String page, String name) {
        return content(page, "name", name);
    }

    private static Optional<String> content(String page, String attribute, String name) {
        return Pattern.compile("<meta " + attribute + "=\"" + Pattern.quote(name) + "\" content=\"([^\"]*)\"")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .findFirst();
    }
}
