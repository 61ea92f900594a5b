package org.votingapp.organiser.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.votingapp.runtime.settings.InvalidSettingException;
import org.votingapp.runtime.settings.Settings;

class ResultServersTest {

    private static ResultServers read(String value) {
        return ResultServers.read(Settings.from(
                name -> Optional.ofNullable(Map.of("result.servers", value).get(name))));
    }

    @Test
    void withoutTheSettingThereAreNone() {
        assertThat(read("").addresses()).isEmpty();
    }

    @Test
    void addressesAreSeparatedByCommas() {
        assertThat(read("http://result-servers:9080, http://10.0.0.7:9080/,http://[::1]")
                        .addresses())
                .containsExactly(
                        URI.create("http://result-servers:9080"),
                        URI.create("http://10.0.0.7:9080/"),
                        URI.create("http://[::1]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "result-servers:9080",
                "https://result-servers",
                "http://result-servers/path",
                "http://result-servers?a",
                "http://result-servers#a",
                "http://me@result-servers",
                "http://",
                "http://a b",
                "http://one,",
                "http://one,,http://two",
                "http://result_servers:9080"
            })
    void whatIsNoAddressIsRefused(String value) {
        assertThatThrownBy(() -> read(value))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("RESULT_SERVERS");
    }

    @Test
    void eachServerIsFoundOnceByItsOwnAddress() {
        ResultServers.Found found =
                read("http://127.0.0.1:9080, http://127.0.0.1:9080/, http://127.0.0.2, http://localhost:9080")
                        .find();
        assertThat(found.complete()).isTrue();
        assertThat(found.servers())
                .isEqualTo(List.of(URI.create("http://127.0.0.1:9080/"), URI.create("http://127.0.0.2:80/")));
    }

    @Test
    void ofAnAddressOfIpv6TheNumberStandsInBrackets() {
        assertThat(read("http://[::1]:9080").find().servers())
                .containsExactly(URI.create("http://[0:0:0:0:0:0:0:1]:9080/"));
    }
}
