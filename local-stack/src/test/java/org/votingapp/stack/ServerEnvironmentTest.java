package org.votingapp.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerEnvironmentTest {

    private static final Map<String, String> ALL = Map.of(
            "POLL_QUESTION", "Tea?",
            "REDIS_PASSWORD", "1",
            "DB_PASSWORD", "2",
            "RESULT_DB_PASSWORD", "3",
            "VOTER_KEY", "4");

    @Test
    void theVoteServerKnowsNothingOfPostgres() {
        assertThat(new ServerEnvironment(ServerKind.VOTE, ALL).variables())
                .containsOnlyKeys("POLL_QUESTION", "REDIS_PASSWORD", "VOTER_KEY");
    }

    @Test
    void theResultServerKnowsNothingOfRedisAndVoters() {
        assertThat(new ServerEnvironment(ServerKind.RESULT, ALL).variables())
                .containsOnlyKeys("POLL_QUESTION", "DB_PASSWORD");
    }

    @Test
    void theWorkerKnowsTheStoresAndNotTheVotersKey() {
        assertThat(new ServerEnvironment(ServerKind.WORKER, ALL).variables())
                .containsOnlyKeys("POLL_QUESTION", "REDIS_PASSWORD", "DB_PASSWORD");
    }

    @Test
    void whatIsAddedGoesBeforeWhatIsInheritedAndDefaultsGoLast() {
        Map<String, String> variables = new ServerEnvironment(
                        ServerKind.VOTE, Map.of("A", "inherited", "B", "inherited"))
                .with(Map.of("A", "added"))
                .withDefaults(Map.of("B", "default", "C", "default"))
                .variables();

        assertThat(variables).isEqualTo(Map.of("A", "added", "B", "inherited", "C", "default"));
    }
}
