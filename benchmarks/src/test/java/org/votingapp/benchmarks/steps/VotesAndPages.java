package org.votingapp.benchmarks.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.votingapp.benchmarks.load.EmptyServlet;
import org.votingapp.benchmarks.load.Generator;
import org.votingapp.benchmarks.load.Request;
import org.votingapp.benchmarks.load.Run;
import org.votingapp.benchmarks.report.Curve;
import org.votingapp.benchmarks.report.Figure;
import org.votingapp.benchmarks.report.Report;
import org.votingapp.benchmarks.report.Target;
import org.votingapp.stack.LocalStack;
import org.votingapp.stack.liberty.LibertyPart;

/**
 * Votes and pages per second of one vote server, each as a share of an empty servlet. The servlet is measured just before
 * and just after, so a machine that slows down meanwhile does not matter.
 *
 * <p>The worker is frozen (SIGSTOP) meanwhile, since it would share the processors. Taking and recording at once is a figure
 * of its own.
 */
public final class VotesAndPages implements Step {

    static final String NAME = "votes";
    static final String TAKEN = "votes taken: POST /api/votes, new voter, 64 connections";

    private static final int FEW = 64;
    private static final int MANY = 256;
    private static final Duration SHORT = Duration.ofMillis(500);

    /** The requests to the empty servlet. */
    private enum Limit {
        POST("empty servlet, POST", FEW),
        POST_MANY("empty servlet, POST, 256 connections", MANY),
        GET("empty servlet, GET", FEW);

        private final String label;
        private final int connections;

        Limit(String label, int connections) {
            this.label = label;
            this.connections = connections;
        }
    }

    /** The requests to the vote server in each round, in this order. */
    private enum Kind {
        VOTE("POST /api/votes, 64 connections", FEW, Limit.POST),
        FORM("POST /, 64 connections", FEW, Limit.POST),
        RECORDED("POST /api/votes, recorded at the same time", FEW, Limit.POST),
        VOTE_MANY("POST /api/votes, 256 connections", MANY, Limit.POST_MANY),
        NEW_VOTER("GET /, new voter", FEW, Limit.GET),
        KNOWN_VOTER("GET /, known voter", FEW, Limit.GET);

        private final String label;
        private final int connections;
        private final Limit limit;

        Kind(String label, int connections, Limit limit) {
            this.label = label;
            this.connections = connections;
            this.limit = limit;
        }
    }

    private final Map<Kind, List<Run>> runs = new EnumMap<>(Kind.class);
    private final Map<Kind, List<Double>> limits = new EnumMap<>(Kind.class);
    private final Map<Limit, List<Run>> empty = new EnumMap<>(Limit.class);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void measure(Stage stage, Report report) throws Exception {
        LocalStack stack = stage.stack();
        BalanceCheck balance = new BalanceCheck(stack);
        Map<Kind, Request> requests = requests(stack.vote());
        int port = stage.empty().port();
        Duration warmUp = stage.scale().warmUp();
        for (Limit limit : Limit.values()) {
            empty.put(limit, new ArrayList<>());
            Generator.asFastAsAnswersCome(limit.connections, warmUp, request(limit, port));
        }
        requests.forEach((kind, request) -> {
            runs.put(kind, new ArrayList<>());
            limits.put(kind, new ArrayList<>());
            Generator.asFastAsAnswersCome(kind.connections, warmUp, request);
        });
        balance.awaitDry();
        for (int round = 0; round < stage.scale().rounds(); round++) {
            measure(requests, port, stage.scale().oneRound(), stack, balance);
        }
        balance.check();
        figures(report);
        stage.endEmpty();
    }

    /** One round. Between two kinds with the same limit, the limit is measured once, for half the time. */
    private void measure(Map<Kind, Request> requests, int port, Duration time, LocalStack stack, BalanceCheck balance) {
        Optional<Limit> justMeasured = Optional.empty();
        for (Map.Entry<Kind, Request> sent : requests.entrySet()) {
            Kind kind = sent.getKey();
            List<Run> limit = empty.get(kind.limit);
            if (justMeasured.filter(kind.limit::equals).isEmpty()) {
                limit.add(empty(kind.limit, port, time.dividedBy(2)));
            }
            double before = limit.get(limit.size() - 1).rate();
            runs.get(kind).add(send(kind, sent.getValue(), time, stack, balance));
            limit.add(empty(kind.limit, port, time.dividedBy(2)));
            double after = limit.get(limit.size() - 1).rate();
            limits.get(kind).add((before + after) / 2);
            justMeasured = Optional.of(kind.limit);
        }
    }

    private static Request request(Limit limit, int port) {
        return limit == Limit.GET ? Request.get(port, EmptyServlet.PATH) : Request.post(port, EmptyServlet.PATH);
    }

    private static Map<Kind, Request> requests(LibertyPart vote) throws IOException, InterruptedException {
        int port = vote.port();
        Map<Kind, Request> requests = new EnumMap<>(Kind.class);
        requests.put(Kind.VOTE, Request.vote(port));
        requests.put(Kind.FORM, Request.formVote(port));
        requests.put(Kind.RECORDED, Request.vote(port));
        requests.put(Kind.VOTE_MANY, Request.vote(port));
        requests.put(Kind.NEW_VOTER, Request.get(port, "/"));
        requests.put(Kind.KNOWN_VOTER, Request.get(port, "/").withCookies(cookiesOfAVoter(vote)));
        return requests;
    }

    /** The cookies of a browser that has voted. */
    private static String cookiesOfAVoter(LibertyPart vote) throws IOException, InterruptedException {
        HttpResponse<Void> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(vote.uri("/api/votes"))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{\"vote\":\"b\"}"))
                                .build(),
                        BodyHandlers.discarding());
        assertThat(answer.statusCode()).as("a vote").isEqualTo(201);
        return answer.headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.split(";", 2)[0])
                .collect(Collectors.joining("; "));
    }

    private static Run empty(Limit limit, int port, Duration time) {
        Request request = request(limit, port);
        Generator.asFastAsAnswersCome(limit.connections, SHORT, request);
        return Generator.asFastAsAnswersCome(limit.connections, time, request);
    }

    private static Run send(Kind kind, Request request, Duration time, LocalStack stack, BalanceCheck balance) {
        if (kind != Kind.RECORDED) {
            stack.worker().freeze();
        }
        long before = balance.accepted();
        Run first;
        Run run;
        try {
            // Warms the connections up before the clock runs.
            first = Generator.asFastAsAnswersCome(kind.connections, SHORT, request);
            run = Generator.asFastAsAnswersCome(kind.connections, time, request);
        } finally {
            stack.worker().thaw();
        }
        if (request.method().equals("POST")) {
            long acknowledged = first.answers() + run.answers();
            assertThat(balance.accepted() - before)
                    .as("%s: ballots accepted, from acknowledged to acknowledged and without an answer", kind.label)
                    .isBetween(acknowledged, acknowledged + first.failures() + run.failures());
            balance.awaitDry();
        }
        return run;
    }

    private void figures(Report report) {
        report.add(rate("empty servlet: POST, 64 connections", empty.get(Limit.POST))
                .asLimit());
        report.add(rate("empty servlet: POST, 256 connections", empty.get(Limit.POST_MANY))
                .asLimit());
        report.add(
                rate("empty servlet: GET, 64 connections", empty.get(Limit.GET)).asLimit());
        report.add(against(Kind.VOTE, TAKEN).with(Target.shareOfAtLeast(0.35)));
        report.add(millis(Kind.VOTE).with(Target.atMost(10)));
        report.add(failures(Kind.VOTE));
        report.add(against(Kind.VOTE_MANY, "votes taken: POST /api/votes, new voter, 256 connections"));
        report.add(millis(Kind.VOTE_MANY).with(Target.atMost(20)));
        report.add(failures(Kind.VOTE_MANY));
        report.add(against(Kind.FORM, "votes taken: form POST /, new voter, 64 connections")
                .with(Target.shareOfAtLeast(0.35)));
        report.add(millis(Kind.FORM));
        report.add(failures(Kind.FORM));
        report.add(
                against(Kind.NEW_VOTER, "page GET /, new voter, 64 connections").with(Target.shareOfAtLeast(0.8)));
        report.add(against(Kind.KNOWN_VOTER, "page GET /, known voter, 64 connections")
                .with(Target.shareOfAtLeast(0.8)));
        report.add(against(Kind.RECORDED, "votes taken while the worker records, 64 connections"));
        report.add(millis(Kind.RECORDED));
        empty.forEach((limit, measured) -> curves(report, limit.label, measured));
        runs.forEach((kind, measured) -> curves(report, kind.label, measured));
    }

    private static void curves(Report report, String label, List<Run> measured) {
        Run last = measured.get(measured.size() - 1);
        report.add(new Curve(Curve.Plot.LATENCY, label, last.percentiles()));
        report.add(new Curve(Curve.Plot.THROUGHPUT, label, last.throughput()));
    }

    private Figure against(Kind kind, String name) {
        return rate(name, runs.get(kind)).against(kind.limit.label, limits.get(kind));
    }

    private Figure millis(Kind kind) {
        return figure("  the same, p99", "ms", runs.get(kind), run -> run.millis(99));
    }

    private Figure failures(Kind kind) {
        return figure("  the same, failed", "requests", runs.get(kind), run -> (double) run.failures())
                .with(Target.atMost(0));
    }

    private static Figure rate(String name, List<Run> measured) {
        return figure(name, Figure.PER_SECOND, measured, Run::rate);
    }

    private static Figure figure(String name, String unit, List<Run> measured, Function<Run, Double> value) {
        return Figure.of(NAME, name, unit, measured.stream().map(value).toList());
    }
}
