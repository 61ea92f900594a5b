package org.votingapp.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssetServletTest {

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "gzip, deflate, br", "br;q=1.0, GZIP;q=0.8", "gzip ; q=1"})
    void gzipIsAccepted(String codings) {
        assertThat(AssetServlet.hasGzip(codings)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "identity", "gzip;q=0", "gzip; q=0.000, br", "xgzip", "*"})
    void gzipIsNotAccepted(String codings) {
        assertThat(AssetServlet.hasGzip(codings)).isFalse();
    }
}
