package org.votingapp.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssetsTest {

    private final Assets assets = new Assets();

    @Test
    void anAddressCarriesTheHashOfTheContent() {
        String url = assets.url("voting.css");
        assertThat(url).matches("assets/voting\\.[0-9a-f]{12}\\.css");
        String path = url.substring("assets".length());
        assertThat(assets.at(path)).hasValueSatisfying(asset -> {
            assertThat(asset.mediaType()).startsWith("text/css");
            assertThat(Assets.isCurrent(path, asset)).isTrue();
        });
    }

    @Test
    void aStyleIsKeptCompressedAndAPictureIsNot() throws IOException {
        Assets.Asset style = assets.at("/voting.000000000000.css").orElseThrow();
        try (InputStream in =
                new GZIPInputStream(new ByteArrayInputStream(style.gzip().orElseThrow()))) {
            assertThat(in.readAllBytes()).isEqualTo(style.content());
        }
        assertThat(style.gzip().orElseThrow().length).isLessThan(style.content().length / 2);
        assertThat(assets.at("/share.000000000000.png").orElseThrow().gzip()).isEmpty();
    }

    @Test
    void anAddressOfAnotherVersionGivesTheCurrentContentUncached() {
        String path = "/voting.000000000000.css";
        assertThat(assets.at(path))
                .hasValueSatisfying(
                        asset -> assertThat(Assets.isCurrent(path, asset)).isFalse());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/voting.css",
                "/../voting.000000000000.css",
                "/nothing.000000000000.css",
                "/voting.000000000000.class",
                "/META-INF/voting.000000000000.css",
            })
    void noOtherPathIsServed(String path) {
        assertThat(assets.at(path)).isEmpty();
    }

    @Test
    void aPageThatNamesAMissingFileFails() {
        assertThatThrownBy(() -> assets.url("nothing.css")).hasMessageContaining("nothing.css");
    }
}
