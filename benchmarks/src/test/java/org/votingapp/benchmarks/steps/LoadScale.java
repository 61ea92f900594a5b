package org.votingapp.benchmarks.steps;

import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The amount of work in a run. Each part is a system property, such as {@code -Dload.seconds=5}. {@code load.smoke} makes
 * all others small: it shows in minutes that measuring works.
 *
 * @param steps {@code load.steps}: the names of the steps, with commas between; all where it is not set
 * @param rounds {@code load.rounds}: how often each figure is measured
 * @param seconds {@code load.seconds}: how long requests of one kind are sent in one round
 * @param warmUpSeconds {@code load.warm-up-seconds}: how long beforehand, so that what is measured is compiled
 * @param drainBallots {@code load.drain-ballots}: how many ballots wait for the worker
 * @param latencyVotes {@code load.latency-votes}: how many votes are followed to a watcher in one round
 * @param tallyBallots {@code load.tally-ballots}: the most ballots over which a tally is read
 * @param recordedBallots {@code load.recorded-ballots}: how many ballots of a poll are recorded that is counted anew, exported, or
 *     gets more
 * @param watchers {@code load.watchers}: how many watch
 * @param broadcasts {@code load.broadcasts}: how many tallies they are sent in one round
 * @param firstRuns {@code load.first-runs}: how often {@code mvn -Prun} runs before it is measured, on a new data folder
 * @param memorySeconds {@code load.memory-seconds}: how long the load lasts after which memory is read
 */
public record LoadScale(
        Set<String> steps,
        int rounds,
        int seconds,
        int warmUpSeconds,
        int drainBallots,
        int latencyVotes,
        int tallyBallots,
        int recordedBallots,
        int watchers,
        int broadcasts,
        int firstRuns,
        int memorySeconds) {

    public LoadScale {
        steps = Set.copyOf(steps);
    }

    public static LoadScale fromSystemProperties() {
        boolean smoke = Boolean.getBoolean("load.smoke");
        return new LoadScale(
                chosenSteps(),
                Math.max(1, Integer.getInteger("load.rounds", 3)),
                Integer.getInteger("load.seconds", smoke ? 1 : 10),
                Integer.getInteger("load.warm-up-seconds", smoke ? 1 : 10),
                Integer.getInteger("load.drain-ballots", smoke ? 20_000 : 1_000_000),
                Integer.getInteger("load.latency-votes", smoke ? 20 : 150),
                Integer.getInteger("load.tally-ballots", smoke ? 10_000 : 10_000_000),
                Integer.getInteger("load.recorded-ballots", smoke ? 200_000 : 10_000_000),
                Integer.getInteger("load.watchers", smoke ? 500 : 20_000),
                Integer.getInteger("load.broadcasts", smoke ? 3 : 15),
                Integer.getInteger("load.first-runs", smoke ? 0 : 1),
                Integer.getInteger("load.memory-seconds", smoke ? 5 : 600));
    }

    private static Set<String> chosenSteps() {
        return Arrays.stream(System.getProperty("load.steps", "").split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }

    public boolean includes(String step) {
        return steps.isEmpty() || steps.contains(step);
    }

    /** How long one round sends requests of one kind. */
    public Duration oneRound() {
        return Duration.ofSeconds(seconds);
    }

    public Duration warmUp() {
        return Duration.ofSeconds(warmUpSeconds);
    }
}
