package org.votingapp.runtime.settings;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {

    @ParameterizedTest
    @ValueSource(strings = {"none", "10\\.244\\..*", "127\\.0\\.0\\.1|::1", ""})
    void aRegularExpressionIsTaken(String value) {
        assertThatCode(() -> check(value)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/8", "fd00::/8", "10\\.(", "*", "<addresses of the ingress controller's pods>"})
    void whatCanMatchNoAddressIsRefused(String value) {
        assertThatThrownBy(() -> check(value))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("TRUSTED_PROXIES is \"" + value)
                .hasMessageContaining("a regular expression");
    }

    private static void check(String value) {
        TrustedProxies.check(
                Settings.from(name -> name.equals("trusted.proxies") ? Optional.of(value) : Optional.empty()));
    }
}
