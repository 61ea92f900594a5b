package org.votingapp.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** A proxy that sends a vote on a connection which the server is about to close can only tell the voter of a failure. */
class KeepAliveTest {

    /** ingress-nginx ("upstream-keepalive-timeout") and AWS' Application Load Balancer ("idle timeout"). */
    private static final Duration PROXIES = Duration.ofSeconds(60);

    @Test
    void aServerKeepsAnIdleConnectionLongerThanProxiesDo() throws Exception {
        Path http = Renderings.FOLDER.resolve("../liberty-config/common/http.xml");
        Element options = (Element) DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(http.toFile())
                .getElementsByTagName("httpOptions")
                .item(0);
        assertThat(Duration.parse("PT" + options.getAttribute("persistTimeout")))
                .isGreaterThan(PROXIES);
    }
}
