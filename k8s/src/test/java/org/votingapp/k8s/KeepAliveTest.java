package org.votingapp.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** A proxy that sends a vote on a connection which the server is about to close can only tell the voter of a failure. */
class KeepAliveTest {

    /** ingress-nginx ("upstream-keepalive-timeout") and AWS' Application Load Balancer ("idle timeout"). */
    private static final Duration COMMON = Duration.ofSeconds(60);

    /** Google's load balancers, which cannot be told otherwise; Traefik (90 s) is below. */
    private static final Duration LONGEST = Duration.ofSeconds(600);

    private static final String SETTING = "HTTP_KEEP_ALIVE";

    @Test
    void aServerKeepsAnIdleConnectionLongerThanCommonProxiesDo() throws Exception {
        Document http = xml("common/http.xml");
        assertThat(((Element) http.getElementsByTagName("httpOptions").item(0)).getAttribute("persistTimeout"))
                .isEqualTo("${" + SETTING + "}");
        assertThat(Duration.parse("PT" + variable(http, SETTING))).isGreaterThan(COMMON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"vote", "result", "organiser"})
    @RendersManifests
    void inProductionItDoesSoLongerThanAny(String page) {
        assertThat(Renderings.overlay("production").all(ConfigMap.class))
                .filteredOn(map -> map.getMetadata().getName().startsWith(page + "-settings-"))
                .extracting(ConfigMap::getData)
                .extracting((Map<String, String> settings) -> Duration.parse("PT" + settings.get(SETTING)))
                .singleElement()
                .satisfies(kept -> assertThat(kept).isGreaterThan(LONGEST));
    }

    /** Each costs memory, idle or not. */
    @ParameterizedTest
    @ValueSource(strings = {"vote", "worker", "result", "organiser"})
    void howManyConnectionsAreOpenIsBounded(String server) throws Exception {
        Element options = (Element)
                xml("common/http.xml").getElementsByTagName("tcpOptions").item(0);
        assertThat(options.getAttribute("maxOpenConnections")).isEqualTo("${HTTP_MAX_CONNECTIONS}");
        assertThat(Integer.parseInt(variable(xml(server + "/server.xml"), "HTTP_MAX_CONNECTIONS")))
                .isBetween(1000, 25_000);
    }

    private static Document xml(String file) throws Exception {
        Path configuration = Renderings.FOLDER.resolve("../liberty-config").resolve(file);
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(configuration.toFile());
    }

    private static String variable(Document configuration, String name) throws IOException {
        NodeList variables = configuration.getElementsByTagName("variable");
        for (int index = 0; index < variables.getLength(); index++) {
            Element variable = (Element) variables.item(index);
            if (variable.getAttribute("name").equals(name)) {
                return variable.getAttribute("defaultValue");
            }
        }
        throw new IOException("no variable " + name);
    }
}
