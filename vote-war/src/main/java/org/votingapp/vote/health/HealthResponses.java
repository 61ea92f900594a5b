package org.votingapp.vote.health;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.votingapp.runtime.health.Finding;

/** Writes a {@link Finding} as MicroProfile Health wants it. */
final class HealthResponses {

    private HealthResponses() {}

    static HealthCheckResponse of(String name, Finding finding) {
        HealthCheckResponseBuilder response = HealthCheckResponse.named(name).status(finding.up());
        finding.facts().forEach((fact, value) -> response.withData(fact, String.valueOf(value)));
        return response.build();
    }
}
