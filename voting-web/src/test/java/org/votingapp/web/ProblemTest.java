package org.votingapp.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ProblemTest {

    @Test
    void aProblemHasTheMembersOfRfc9457AndItsOwn() {
        Problem problem = new Problem(409, "Already voted", "It is \"a\"", Map.of("choice", "a"));
        assertThat(problem.toJson())
                .isEqualTo("{\"type\":\"about:blank\",\"title\":\"Already voted\",\"status\":409,"
                        + "\"detail\":\"It is \\\"a\\\"\",\"choice\":\"a\"}");
    }

    @Test
    void anyStatusHasWords() {
        for (int status = 400; status < 600; status++) {
            Problem problem = HttpStatusText.problem(status);
            assertThat(problem.status()).isEqualTo(status);
            assertThat(problem.detail()).isNotBlank();
        }
    }
}
