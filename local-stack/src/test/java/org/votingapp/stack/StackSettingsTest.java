package org.votingapp.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.votingapp.runtime.settings.InvalidSettingException;
import org.votingapp.stack.liberty.ServerKind;

class StackSettingsTest {

    private static final Path ROOT = Path.of("/checkout");

    @Test
    void withNothingSetEverythingHasItsUsualPlace() {
        StackSettings settings = StackSettings.read(Map.of(), ROOT);

        assertThat(settings.ports())
                .isEqualTo(Map.of(
                        ServerKind.VOTE,
                        8080,
                        ServerKind.RESULT,
                        8081,
                        ServerKind.WORKER,
                        8082,
                        ServerKind.ORGANISER,
                        8083));
        assertThat(settings.dataFolder()).isEqualTo(Path.of("/checkout/data"));
        assertThat(settings.without()).isEmpty();
        assertThat(settings.externalRedis()).isFalse();
        assertThat(settings.externalPostgres()).isFalse();
    }

    @Test
    void portsAndDataFolderCanBeSet() {
        StackSettings settings = StackSettings.read(Map.of("VOTE_PORT", "9000", "DATA_DIR", "elsewhere/../here"), ROOT);

        assertThat(settings.ports()).containsEntry(ServerKind.VOTE, 9000);
        assertThat(settings.dataFolder()).isEqualTo(Path.of("/checkout/here"));
    }

    @Test
    void theFileOfPollsIsFoundFromEveryServersFolder() {
        assertThat(StackSettings.read(Map.of("POLLS_FILE", " polls.yaml "), ROOT)
                        .environment())
                .containsEntry("POLLS_FILE", "/checkout/polls.yaml");
        assertThat(StackSettings.read(Map.of("POLLS_FILE", "/etc/polls.yaml"), ROOT)
                        .environment())
                .containsEntry("POLLS_FILE", "/etc/polls.yaml");
        assertThat(StackSettings.read(Map.of("POLLS_FILE", ""), ROOT).environment())
                .containsEntry("POLLS_FILE", "");
    }

    @Test
    void storesOfSomebodyElseAreUsedWhereTheyAreNamed() {
        StackSettings settings = StackSettings.read(
                Map.of(
                        "REDIS_URL", "rediss://redis.example.org:6380",
                        "DB_HOST", "db.example.org",
                        "DB_USER", "writer",
                        "DB_PASSWORD", "w",
                        "RESULT_DB_USER", "reader",
                        "RESULT_DB_PASSWORD", "r",
                        "ORGANISER_DB_USER", "organiser",
                        "ORGANISER_DB_PASSWORD", "o"),
                ROOT);

        assertThat(settings.externalRedis()).isTrue();
        assertThat(settings.externalPostgres()).isTrue();
        assertThat(settings.externalRole(ServerKind.RESULT)).isEqualTo(Map.of("DB_USER", "reader", "DB_PASSWORD", "r"));
        assertThat(settings.externalRole(ServerKind.ORGANISER))
                .isEqualTo(Map.of("DB_USER", "organiser", "DB_PASSWORD", "o"));
    }

    @Test
    void serversCanBeLeftOut() {
        assertThat(StackSettings.read(Map.of("LOCAL_STACK_WITHOUT", "vote, worker"), ROOT)
                        .without())
                .containsExactlyInAnyOrder(ServerKind.VOTE, ServerKind.WORKER);
    }

    @ParameterizedTest
    @CsvSource({
        "VOTE_PORT,0,VOTE_PORT",
        "VOTE_PORT,http,VOTE_PORT",
        "RESULT_PORT,8080,RESULT_PORT",
        "WORKER_PORT,65536,WORKER_PORT",
        "LOCAL_STACK_WITHOUT,redis,LOCAL_STACK_WITHOUT",
        "POLL_REVOTE,never,POLL_REVOTE",
        "POLL_OPTIONS,Cats,POLL_OPTIONS",
        "REDIS_URL,http://localhost,REDIS_URL",
        "REDIS_URL,' ',REDIS_URL",
        "DB_HOST,db.example.org,DB_USER",
    })
    void aValueThatCannotBeUsedIsRefusedByItsName(String variable, String value, String named) {
        assertThatThrownBy(() -> StackSettings.read(Map.of(variable, value), ROOT))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(named + " is ");
    }

    @Test
    void blankVariablesOfTheStackAreAsGoodAsUnsetOnes() {
        Map<String, String> blank = new HashMap<>();
        for (String name : new String[] {"VOTE_PORT", "DATA_DIR", "DB_HOST", "LOCAL_STACK_WITHOUT"}) {
            blank.put(name, " ");
        }
        StackSettings unset = StackSettings.read(Map.of(), ROOT);
        StackSettings settings = StackSettings.read(blank, ROOT);

        assertThat(settings.ports()).isEqualTo(unset.ports());
        assertThat(settings.dataFolder()).isEqualTo(unset.dataFolder());
        assertThat(settings.externalPostgres()).isFalse();
    }
}
