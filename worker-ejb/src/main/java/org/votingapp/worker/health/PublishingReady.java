package org.votingapp.worker.health;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.votingapp.worker.publish.PollPublisher;

/** Ready: polls were published within the last half minute. Asks no store. */
@Readiness
@Singleton
public class PublishingReady implements HealthCheck {

    /** Longer than both stores take to answer or to fail, and to be asked again. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final PollPublisher publisher;

    @Inject
    PublishingReady(PollPublisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public HealthCheckResponse call() {
        Duration behind = publisher.behind();
        return HealthCheckResponse.named("polls-published")
                .withData("unpublished", publisher.unpublished())
                .withData("behind-ms", behind.toMillis())
                .status(behind.compareTo(LIMIT) <= 0)
                .build();
    }
}
