package org.votingapp.runtime.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.votingapp.runtime.settings.InvalidSettingException;
import org.votingapp.runtime.settings.Settings;
import org.votingapp.runtime.tls.Authorities;

class RedisAddressTest {

    @Test
    void aUrlGivesHostPortAndCredentials() {
        assertThat(read(Map.of("redis.url", "redis://redis.example:6380")))
                .isEqualTo(new RedisAddress("redis.example", 6380, false, Optional.empty(), Optional.empty()));
        assertThat(read(Map.of("redis.url", "rediss://vote:s:e%40cret@redis.example/")))
                .isEqualTo(new RedisAddress("redis.example", 6379, true, Optional.of("vote"), Optional.of("s:e@cret")));
        assertThat(read(Map.of("redis.url", "redis://:secret@redis.example")))
                .isEqualTo(new RedisAddress("redis.example", 6379, false, Optional.empty(), Optional.of("secret")));
    }

    @Test
    void theSettingsForUserAndPasswordGoBeforeTheUrl() {
        Map<String, String> settings =
                Map.of("redis.url", "redis://a:b@redis.example", "redis.user", "vote", "redis.password", "p@s:s/word");
        assertThat(read(settings).user()).contains("vote");
        assertThat(read(settings).password()).contains("p@s:s/word");
    }

    @Test
    void itsCertificateIsVerifiedByTheAuthoritiesOfJavaWhereNoFileNamesFurther() {
        assertThat(read(Map.of("redis.url", "rediss://redis.example")).authorities())
                .isEqualTo(Authorities.JAVAS);
        assertThat(read(Map.of("redis.url", "rediss://redis.example", "redis.sslrootcert", "system"))
                        .authorities())
                .isEqualTo(Authorities.JAVAS);
        assertThatThrownBy(
                        () -> read(Map.of("redis.url", "rediss://redis.example", "redis.sslrootcert", "/no/such/file")))
                .hasMessageStartingWith("REDIS_SSLROOTCERT is \"/no/such/file\"; it must be a file that can be read");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:6379",
                "http://localhost",
                "redis://",
                "redis://host:port",
                "redis://localhost:0",
                "redis://localhost:65536",
                "redis://localhost/1",
                "redis://localhost?x=1",
                "redis://with space",
                "",
            })
    void whatIsNoAddressIsRefused(String url) {
        assertThatThrownBy(() -> read(Map.of("redis.url", url)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("REDIS_URL is")
                .hasMessageContaining("redis://host:port");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://vote:hunter2@redis.example",
                "vote:hunter2@redis.example:6379",
                "redis:vote:hunter2@redis.example",
                "redis:/vote:hunter2@redis.example",
                "redis://vote:p@hunter2@redis.example:6379",
                "redis://vote:hunter2\n@redis.example",
            })
    void aPasswordIsNotRepeatedWhateverIsWrong(String url) {
        assertThatThrownBy(() -> read(Map.of("redis.url", url)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("…@redis.example")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aUserWithoutAPasswordIsRefusedSinceItWouldNotBeUsed() {
        assertThatThrownBy(() -> read(Map.of("redis.url", "redis://redis.example", "redis.user", "vote")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("REDIS_PASSWORD is \"\"; it must be the password of REDIS_USER, which is vote");
    }

    @Test
    void aPasswordIsNotShownWithTheAddress() {
        assertThat(read(Map.of("redis.url", "redis://vote:hunter2@redis.example"))
                        .toString())
                .doesNotContain("hunter2");
    }

    private static RedisAddress read(Map<String, String> settings) {
        return RedisAddress.read(Settings.from(name -> Optional.ofNullable(settings.get(name))));
    }
}
