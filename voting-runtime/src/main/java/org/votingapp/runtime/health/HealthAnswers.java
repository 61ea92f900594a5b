package org.votingapp.runtime.health;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** Writes a {@link Finding} as MicroProfile Health wants it. */
public final class HealthAnswers {

    private HealthAnswers() {}

    /** The answer of the check of this name. Numbers and booleans stay such in JSON. */
    public static HealthCheckResponse of(String name, Finding finding) {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named(name).status(finding.up());
        finding.facts().forEach((fact, value) -> {
            if (value instanceof Long number) {
                answer.withData(fact, number);
            } else if (value instanceof Boolean truth) {
                answer.withData(fact, truth);
            } else {
                answer.withData(fact, String.valueOf(value));
            }
        });
        return answer.build();
    }
}
