package org.votingapp.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProblemTest {

    @Test
    void aProblemHasTheMembersOfRfc9457AndItsOwn() {
        Problem problem = new Problem(409, "It is \"a\"", Map.of("choice", "a"));
        assertThat(problem.toJson())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Conflict\",\"status\":409,"
                        + "\"detail\":\"It is \\\"a\\\"\",\"choice\":\"a\"}");
    }

    @Test
    void everyStatusHasAText() {
        assertThat(HttpStatusText.of(429).phrase()).isEqualTo("Too Many Requests");
        for (int status = 400; status < 600; status++) {
            HttpStatusText text = HttpStatusText.of(status);
            assertThat(List.of(text.phrase(), text.sentence())).noneMatch(String::isBlank);
        }
    }
}
