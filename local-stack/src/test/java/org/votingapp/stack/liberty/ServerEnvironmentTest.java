package org.votingapp.stack.liberty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.votingapp.stack.TestStacks;

class ServerEnvironmentTest {

    private static final Map<String, String> ALL = Map.of(
            "POLL_QUESTION", "Tea?",
            "POLLS_FILE", "/polls.yaml",
            "REDIS_PASSWORD", "1",
            "DB_PASSWORD", "2",
            "RESULT_DB_PASSWORD", "3",
            "ORGANISERS", "5",
            "OIDC_CLIENT_SECRET", "7",
            "ORGANISER_DB_PASSWORD", "6",
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
    void theWorkerKnowsTheStoresAndTheFileOfPollsAndNotTheVotersKey() {
        assertThat(new ServerEnvironment(ServerKind.WORKER, ALL).variables())
                .containsOnlyKeys("POLL_QUESTION", "POLLS_FILE", "REDIS_PASSWORD", "DB_PASSWORD");
    }

    @Test
    void theOrganiserServerKnowsPostgresAndWhoTheOrganisersAre() {
        assertThat(new ServerEnvironment(ServerKind.ORGANISER, ALL).variables())
                .containsOnlyKeys("POLL_QUESTION", "ORGANISERS", "OIDC_CLIENT_SECRET", "DB_PASSWORD");
    }

    /** So that a server in development hears of each that a person set. */
    @Test
    void eachSettingInTheDocumentsIsKnownForOne() throws IOException {
        String document = Files.readString(TestStacks.root().resolve("docs/configuration.md"));
        String tables = document.substring(0, document.indexOf("## The local stack"));
        Map<String, String> settings = Pattern.compile("^\\| (`[^|]*`) \\|", Pattern.MULTILINE)
                .matcher(tables)
                .results()
                .flatMap(row -> Stream.of(row.group(1).split(", ")))
                .collect(Collectors.toMap(name -> name.replace("`", ""), name -> "set"));

        assertThat(settings).hasSizeGreaterThan(30);
        assertThat(ServerEnvironment.settingsIn(settings)).isEqualTo(settings);
        assertThat(ServerEnvironment.settingsIn(Map.of("PATH", "/bin", "HOME", "/root", "JVM_ARGS", "-Xmx1g")))
                .isEmpty();
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
