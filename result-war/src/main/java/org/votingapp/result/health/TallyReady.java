package org.votingapp.result.health;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.votingapp.result.follow.FollowerStatus;
import org.votingapp.result.follow.TallyBoard;
import org.votingapp.result.follow.TallyBoards;
import org.votingapp.result.watch.Watchers;

/**
 * Ready: the tally of the house room's poll was read within the last {@link TallyBoard#FRESH}.
 *
 * <p>The follower reads it every second anyway, so this check asks nobody.
 */
@Readiness
@Singleton
public class TallyReady implements HealthCheck {

    private final TallyBoards boards;
    private final FollowerStatus follower;
    private final Watchers watchers;

    /** Checks the house room's board, and counts boards and watchers beside. */
    @Inject
    public TallyReady(TallyBoards boards, FollowerStatus follower, Watchers watchers) {
        this.boards = boards;
        this.follower = follower;
        this.watchers = watchers;
    }

    @Override
    public HealthCheckResponse call() {
        boolean fresh = boards.house().isFresh();
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("tally-is-fresh")
                .status(fresh)
                .withData("listening", follower.isListening())
                .withData("boards", boards.count())
                .withData("watchers", watchers.count());
        follower.whyNotListening().ifPresent(why -> answer.withData("not-listening", why));
        boards.house().age().ifPresent(age -> answer.withData("tally-age-ms", age.toMillis()));
        if (!fresh) {
            answer.withData("reason", follower.failure());
        }
        return answer.build();
    }
}
