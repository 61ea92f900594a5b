package org.votingapp.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    /** As the file {@code /config/variables/VOTER_KEY} is. */
    @Test
    void aPropertyIsFoundUnderTheNameOfItsVariableInAnySource() {
        assertThat(from(Map.of("VOTER_KEY", "secret")).optional("voter.key")).contains("secret");
        assertThat(from(Map.of("VOTE_RATE_LIMIT", "60")).integer("vote.rate-limit", 0, 100))
                .isEqualTo(60);
    }

    @Test
    void thePropertysOwnNameGoesBefore() {
        assertThat(from(Map.of("voter.key", "its own", "VOTER_KEY", "other")).optional("voter.key"))
                .contains("its own");
    }

    @Test
    void aDefaultUnderThePropertysNameGoesAfterTheVariable() {
        Settings settings = Settings.from(new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(Map.of("redis.url", "redis://default"), "defaults", 100))
                .withSources(new PropertiesConfigSource(Map.of("REDIS_URL", "redis://file"), "variables", 500))
                .build());
        assertThat(settings.optional("redis.url")).contains("redis://file");
    }

    @Test
    void whatNobodySaysIsAbsent() {
        assertThat(from(Map.of()).optional("voter.key")).isEmpty();
    }

    private static Settings from(Map<String, String> source) {
        return Settings.from(new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(source, "variables", 500))
                .build());
    }
}
