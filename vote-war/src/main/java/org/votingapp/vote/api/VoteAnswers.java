package org.votingapp.vote.api;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.votingapp.poll.PollOption;
import org.votingapp.vote.casting.CastOutcome;
import org.votingapp.vote.casting.PollOnStage;
import org.votingapp.web.Problem;

/** Says in a document what was recorded, or in a problem document why a vote was not registered. */
@Singleton
public class VoteAnswers {

    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    private final PollOnStage onStage;
    private final Map<String, byte[]> documents = new ConcurrentHashMap<>();

    /** Answers about this poll. */
    @Inject
    public VoteAnswers(PollOnStage onStage) {
        this.onStage = onStage;
    }

    /**
     * The document that says what is on record now, as UTF-8; made once for each word and choice. Not to be written to.
     *
     * @param word {@code recorded} or {@code changed}
     * @param choice the key of an option of the poll, which bounds how many are kept
     */
    byte[] document(String word, String choice) {
        return documents.computeIfAbsent(
                word + ':' + choice,
                absent -> JSON.createObjectBuilder()
                        .add("poll", onStage.poll().id())
                        .add("choice", choice)
                        .add("status", word)
                        .build()
                        .toString()
                        .getBytes(StandardCharsets.UTF_8));
    }

    Problem problem(CastOutcome outcome) {
        return switch (outcome.status()) {
            case ALREADY_VOTED ->
                new Problem(
                        409,
                        "This voter's choice on record is \"%s\"; this vote is not registered"
                                .formatted(outcome.choice()),
                        Map.of("choice", outcome.choice()));
            case UNKNOWN_CHOICE ->
                Problem.of(400, "\"vote\" names no option of this poll; it must be one of " + keys());
            case NOT_YET_OPEN ->
                Problem.of(
                        403,
                        onStage.poll()
                                .opens()
                                .map(at -> "Voting opens at " + at)
                                .orElse("Voting is not open yet"));
            case CLOSED ->
                Problem.of(
                        403,
                        onStage.poll()
                                .closes()
                                .map(at -> "Voting closed at " + at)
                                .orElse("Voting has closed"));
            case TOO_MANY ->
                Problem.of(
                        429,
                        "Too many votes came from this address; try again in %d s"
                                .formatted(outcome.retryAfterSeconds()));
            case UNPUBLISHED ->
                Problem.of(
                        503,
                        "This poll's rules have not reached the ballot box yet, so the vote was not taken; try again in %d s"
                                .formatted(outcome.retryAfterSeconds()));
            case UNAVAILABLE ->
                Problem.of(
                        503,
                        "The vote could not be confirmed; try again in %d s with the cookies that you have been given, and it will count once"
                                .formatted(outcome.retryAfterSeconds()));
            case RECORDED, CHANGED -> throw new IllegalArgumentException("not a problem: " + outcome);
        };
    }

    private String keys() {
        return onStage.poll().options().stream().map(PollOption::key).collect(Collectors.joining(", "));
    }
}
