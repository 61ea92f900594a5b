package org.votingapp.vote.api;

import jakarta.inject.Singleton;
import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollOption;
import org.votingapp.vote.casting.CastOutcome;
import org.votingapp.web.Problem;

/** Says in a document what was recorded, or in a problem document why a vote was not registered. */
@Singleton
public class VoteAnswers {

    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    static final int MOST_KEPT = 1_000;

    private final Map<String, byte[]> documents = new ConcurrentHashMap<>();

    /**
     * The document that says what is on record now, as UTF-8; kept for polls with many votes. Not to be written to.
     *
     * @param word {@code recorded} or {@code changed}
     * @param choice the key of an option of the poll
     */
    byte[] document(String word, Poll poll, String choice) {
        if (documents.size() > MOST_KEPT) {
            documents.clear();
        }
        return documents.computeIfAbsent(
                word + ':' + choice + ':' + poll.id(),
                absent -> JSON.createObjectBuilder()
                        .add("poll", poll.id())
                        .add("choice", choice)
                        .add("status", word)
                        .build()
                        .toString()
                        .getBytes(StandardCharsets.UTF_8));
    }

    /** How many documents are kept. */
    int kept() {
        return documents.size();
    }

    /**
     * Why a vote was not registered.
     *
     * @param poll the poll as this server knows it, which may be a second older than the one by which the vote was refused
     * @param now the time by the ballot box's clock
     */
    Problem problem(Poll poll, CastOutcome outcome, Instant now) {
        return switch (outcome.status()) {
            case ALREADY_VOTED ->
                new Problem(
                        409,
                        "This voter's choice on record is \"%s\"; this vote is not registered"
                                .formatted(outcome.choice()),
                        Map.of("choice", outcome.choice()));
            case UNKNOWN_CHOICE ->
                Problem.of(400, "\"vote\" names no option of this poll; it must be one of " + keys(poll));
            case NOT_YET_OPEN ->
                Problem.of(
                        403,
                        poll.announcedOpening()
                                .filter(now::isBefore)
                                .map(at -> "Voting opens at " + at)
                                .orElse("Voting has not opened yet"));
            case CLOSED ->
                Problem.of(
                        403,
                        poll.closes()
                                .filter(at -> !now.isBefore(at))
                                .map(at -> "Voting closed at " + at)
                                .orElse("Voting has closed"));
            case WRONG_CODE ->
                Problem.of(
                        403,
                        "This poll takes votes with a voting code alone; \"code\" is missing, mistyped, unknown or revoked");
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
            case RECORDED, CHANGED, LEFT_STAGE -> throw new IllegalArgumentException("not a problem: " + outcome);
        };
    }

    private static String keys(Poll poll) {
        return poll.options().stream().map(PollOption::key).collect(Collectors.joining(", "));
    }
}
