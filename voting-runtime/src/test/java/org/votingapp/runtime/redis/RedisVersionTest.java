package org.votingapp.runtime.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisVersionTest {

    @ParameterizedTest
    @ValueSource(strings = {"6.2.11", "5.0.14", "2.8.0"})
    void anOlderOneIsToldInWords(String version) {
        assertThat(RedisVersion.of(Map.of("version", version)).complaint())
                .contains("it is Redis %s; 7.0 or newer is needed, or Valkey 8".formatted(version));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7.0.9", "8.0.1", "10.1.0", "255.255.255", "unstable"})
    void anotherOneIsTaken(String version) {
        assertThat(new RedisVersion(version).complaint()).isEmpty();
    }
}
