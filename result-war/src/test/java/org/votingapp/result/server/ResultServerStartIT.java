package org.votingapp.result.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultServerStartIT {

    @Test
    void itStartsBeforePostgresAndStopsSoonWithStreamsOpen(@TempDir Path folder) throws Exception {
        Database database = new Database(folder.resolve("postgres"), FreePort.find());
        try (ResultServer server = new ResultServer(folder, database.variables())) {
            server.awaitUp("live");
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> server.get("/").body().contains("on their way"));
            assertThat(server.isUp("started")).isFalse();
            assertThat(server.isUp("ready")).isFalse();
            for (String path : List.of("/", "/api/results", "/api/results.csv", "/api/results/stream")) {
                HttpResponse<String> notYet = server.get(path);
                assertThat(notYet.statusCode()).as(path).isEqualTo(503);
                assertThat(server.send("HEAD", path).statusCode()).as(path).isEqualTo(503);
                assertThat(notYet.headers().firstValue("Retry-After")).as(path).isPresent();
            }
            database.start();
            try (database) {
                database.migrate();
                server.awaitUp("started");
                assertThat(server.isUp("ready")).isFalse();
                database.ask("Cats vs Dogs!", "Cats", "Dogs");
                server.awaitUp("ready");
                EventStream stream = server.stream();
                assertThat(stream.nextTally(Duration.ofSeconds(10)).total()).isZero();

                assertThat(server.stop(Duration.ofSeconds(20)))
                        .as("stopped in time")
                        .isTrue();
                stream.awaitEnd(Duration.ofSeconds(1));
            }
        }
    }

    @Test
    void aBadSettingStopsTheStartAndIsNamed(@TempDir Path folder) throws Exception {
        Map<String, String> variables = new HashMap<>(new Database(folder, FreePort.find()).variables());
        variables.put("RESULTS_MAX_WATCHERS", "plenty");
        try (ResultServer server = new ResultServer(folder, variables)) {
            await().atMost(Duration.ofMinutes(5))
                    .until(() -> server.log()
                            .contains(
                                    "RESULTS_MAX_WATCHERS is \"plenty\"; it must be a whole number from 1 to 1000000"));
            await().atMost(Duration.ofMinutes(1)).until(() -> server.log().contains("CWWKZ0002E"));
            assertThat(server.isUp("ready")).isFalse();
        }
    }
}
