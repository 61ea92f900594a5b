package org.votingapp.benchmarks.load;

import io.hyperfoil.api.config.BenchmarkBuilder;
import io.hyperfoil.api.config.PhaseBuilder;
import io.hyperfoil.api.config.SequenceBuilder;
import io.hyperfoil.api.statistics.StatisticsSnapshot;
import io.hyperfoil.core.generators.RandomIntStep;
import io.hyperfoil.core.impl.LocalSimulationRunner;
import io.hyperfoil.http.api.HttpMethod;
import io.hyperfoil.http.config.HttpPluginBuilder;
import io.hyperfoil.http.config.Protocol;
import io.hyperfoil.http.statistics.HttpStats;
import io.hyperfoil.http.steps.HttpRequestStepBuilder;
import io.hyperfoil.http.steps.HttpStepCatalog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * Sends requests to servers on the loopback address and counts the answers, by Hyperfoil on one thread.
 *
 * <p>A run is bounded in time. Each connection has one request in flight.
 */
public final class Generator {

    private static final String HOST = "127.0.0.1";
    private static final long TIMEOUT_MILLIS = 10_000;
    private static final long PERIOD_MILLIS = 1_000;
    private static final int THREADS = 1;

    private Generator() {}

    /** Closed loop: each connection sends its next request once it has an answer. Several requests take turns. */
    public static Run asFastAsAnswersCome(int connections, Duration time, Request... requests) {
        return run(connections, time, builder -> builder.addPhase("load").always(connections), requests);
    }

    /** Open loop: sends at a fixed rate, whether answers come or not, on at most this many connections. */
    public static Run atRate(int perSecond, int connections, Duration time, Request... requests) {
        return run(
                connections,
                time,
                builder -> builder.addPhase("load").constantRate(perSecond).maxSessions(10 * connections),
                requests);
    }

    /** Configures how requests arrive. */
    private interface Pace {
        PhaseBuilder<?> phase(BenchmarkBuilder builder);
    }

    private static Run run(int connections, Duration time, Pace pace, Request... requests) {
        BenchmarkBuilder builder =
                BenchmarkBuilder.builder().name("load").threads(THREADS).statisticsCollectionPeriod(PERIOD_MILLIS);
        HttpPluginBuilder http = builder.addPlugin(HttpPluginBuilder::new);
        http.ergonomics().repeatCookies(false).userAgentFromSession(false).autoRangeCheck(false);
        http.http()
                .protocol(Protocol.HTTP)
                .host(HOST)
                .port(port(requests))
                .allowHttp2(false)
                .requestTimeout(TIMEOUT_MILLIS)
                .sharedConnections(connections);
        SequenceBuilder sequence = pace.phase(builder)
                .duration(time.toMillis())
                .maxDuration(time.toMillis() + TIMEOUT_MILLIS)
                .scenario()
                .initialSequence("requests");
        for (Request request : requests) {
            add(request, sequence);
        }
        Statistics statistics = new Statistics(requests);
        new LocalSimulationRunner(
                        builder.build(),
                        (phase, step, metric, snapshot, done) -> statistics.add(metric, snapshot),
                        null,
                        null)
                .run();
        return statistics.run(time);
    }

    private static int port(Request... requests) {
        List<Integer> ports =
                List.of(requests).stream().map(Request::port).distinct().toList();
        if (ports.size() != 1) {
            throw new IllegalArgumentException("requests to several servers: " + ports);
        }
        return ports.get(0);
    }

    private static void add(Request request, SequenceBuilder sequence) {
        if (request.numbers() > 0) {
            RandomIntStep.Builder number = new RandomIntStep.Builder().toVar("number");
            number.min().value(0).end();
            number.max().value(request.numbers() - 1).end();
            sequence.stepBuilder(number);
        }
        HttpRequestStepBuilder step = sequence.step(HttpStepCatalog.SC)
                .httpRequest(HttpMethod.valueOf(request.method()))
                .path()
                .pattern(request.path())
                .end()
                .metric(metric(request));
        HttpRequestStepBuilder.HeadersBuilder headers = step.headers();
        request.headers().forEach(headers::header);
        headers.endHeaders();
        if (!request.body().isEmpty()) {
            step.body(request.body());
        }
        step.endStep();
    }

    private static String metric(Request request) {
        return request.statusClass() + " " + request.method() + " " + request.path();
    }

    /** Sums up Hyperfoil's statistics, which its own thread reports each second. */
    private static final class Statistics {

        private final StatisticsSnapshot total = new StatisticsSnapshot();
        private final Histogram nanos = new Histogram(3);
        private final TreeMap<Integer, Double> perSecond = new TreeMap<>();
        private final TreeMap<String, Integer> statusClasses = new TreeMap<>();
        private long right;

        Statistics(Request... requests) {
            nanos.setAutoResize(true);
            for (Request request : requests) {
                statusClasses.put(metric(request), request.statusClass());
            }
        }

        synchronized void add(String metric, StatisticsSnapshot snapshot) {
            long asExpected = HttpStats.get(snapshot).statuses()[statusClasses.get(metric) - 2];
            right += asExpected;
            perSecond.merge(snapshot.sequenceId, (double) asExpected, Double::sum);
            nanos.add(snapshot.histogram);
            total.add(snapshot);
        }

        synchronized Run run(Duration time) {
            List<Double> rates = new ArrayList<>(perSecond.values());
            if (rates.size() > 1) {
                // The last period is incomplete.
                rates.remove(rates.size() - 1);
            }
            long failures = total.responseCount - right + total.errors();
            return new Run(right, failures, time.toMillis() / 1e3, rates, nanos);
        }
    }
}
