package org.votingapp.load;

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
import java.util.function.Function;
import java.util.stream.Collectors;
import org.votingapp.stack.LibertyPart;
import org.votingapp.stack.LocalStack;

/**
 * How many votes and pages one vote server does, each round held against an empty servlet a moment before.
 *
 * <p>The worker is held still (SIGSTOP) while votes are taken, since it has the same processors here; what it costs to
 * take and record at the same time is a figure of its own.
 */
final class VotesAndPages implements Step {

    static final String NAME = "votes";
    static final String TAKEN = "votes taken: POST /api/votes, new voter, 64 connections";

    private static final int FEW = 64;
    private static final int MANY = 256;
    private static final Duration SHORT = Duration.ofMillis(500);

    /** What is sent in each round. */
    private enum Kind {
        EMPTY_POST("empty servlet, POST", FEW),
        VOTE("POST /api/votes, 64 connections", FEW),
        EMPTY_POST_MANY("empty servlet, POST, 256 connections", MANY),
        VOTE_MANY("POST /api/votes, 256 connections", MANY),
        FORM("POST /, 64 connections", FEW),
        EMPTY_GET("empty servlet, GET", FEW),
        NEW_VOTER("GET /, new voter", FEW),
        KNOWN_VOTER("GET /, known voter", FEW),
        RECORDED("POST /api/votes, recorded at the same time", FEW);

        private final String label;
        private final int connections;

        Kind(String label, int connections) {
            this.label = label;
            this.connections = connections;
        }
    }

    private final Map<Kind, List<Run>> runs = new EnumMap<>(Kind.class);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void measure(Stage stage, Report report) throws Exception {
        LocalStack stack = stage.stack();
        Books books = new Books(stack);
        Map<Kind, Request> requests = requests(stack.vote(), stage.empty().port());
        requests.forEach((kind, request) -> {
            runs.put(kind, new ArrayList<>());
            Generator.asFastAsAnswersCome(kind.connections, stage.scale().warmUp(), request);
        });
        books.awaitDry();
        for (int round = 0; round < stage.scale().rounds(); round++) {
            for (Map.Entry<Kind, Request> sent : requests.entrySet()) {
                send(sent.getKey(), sent.getValue(), stage.scale().oneRound(), stack, books);
            }
        }
        books.balance();
        figures(report);
        stage.endEmpty();
    }

    private static Map<Kind, Request> requests(LibertyPart vote, int empty) throws IOException, InterruptedException {
        int port = vote.port();
        Map<Kind, Request> requests = new EnumMap<>(Kind.class);
        requests.put(Kind.EMPTY_POST, Request.post(empty, EmptyServlet.PATH));
        requests.put(Kind.VOTE, Request.vote(port));
        requests.put(Kind.EMPTY_POST_MANY, Request.post(empty, EmptyServlet.PATH));
        requests.put(Kind.VOTE_MANY, Request.vote(port));
        requests.put(Kind.FORM, Request.formVote(port));
        requests.put(Kind.EMPTY_GET, Request.get(empty, EmptyServlet.PATH));
        requests.put(Kind.NEW_VOTER, Request.get(port, "/"));
        requests.put(Kind.KNOWN_VOTER, Request.get(port, "/").withCookies(cookiesOfAVoter(vote)));
        requests.put(Kind.RECORDED, Request.vote(port));
        return requests;
    }

    /** What a browser sends that has voted. */
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

    private void send(Kind kind, Request request, Duration time, LocalStack stack, Books books) {
        boolean recorded = kind == Kind.RECORDED;
        boolean votes = request.method().equals("POST")
                && request.port() == stack.vote().port();
        if (!recorded) {
            stack.worker().freeze();
        }
        long before = books.accepted();
        Run first;
        Run run;
        try {
            // Makes the connections' way warm before the clock runs.
            first = Generator.asFastAsAnswersCome(kind.connections, SHORT, request);
            run = Generator.asFastAsAnswersCome(kind.connections, time, request);
        } finally {
            stack.worker().thaw();
        }
        if (votes) {
            long acknowledged = first.answers() + run.answers();
            assertThat(books.accepted() - before)
                    .as("%s: ballots accepted, from acknowledged to acknowledged and without an answer", kind.label)
                    .isBetween(acknowledged, acknowledged + first.failures() + run.failures());
            books.awaitDry();
        }
        runs.get(kind).add(run);
    }

    private void figures(Report report) {
        report.add(rate(Kind.EMPTY_POST, "empty servlet: POST, 64 connections"));
        report.add(rate(Kind.EMPTY_GET, "empty servlet: GET, 64 connections"));
        report.add(against(Kind.EMPTY_POST, rate(Kind.VOTE, TAKEN)).with(Target.shareOfAtLeast(0.35)));
        report.add(millis(Kind.VOTE, 99, "  the same, p99").with(Target.atMost(10)));
        report.add(failures(Kind.VOTE, "  the same, failed").with(Target.atMost(0)));
        report.add(against(
                Kind.EMPTY_POST_MANY,
                rate(Kind.VOTE_MANY, "votes taken: POST /api/votes, new voter, 256 connections")));
        report.add(millis(Kind.VOTE_MANY, 99, "  the same, p99").with(Target.atMost(20)));
        report.add(failures(Kind.VOTE_MANY, "  the same, failed").with(Target.atMost(0)));
        report.add(against(Kind.EMPTY_POST, rate(Kind.FORM, "votes taken: form POST /, new voter, 64 connections"))
                .with(Target.shareOfAtLeast(0.35)));
        report.add(millis(Kind.FORM, 99, "  the same, p99"));
        report.add(failures(Kind.FORM, "  the same, failed").with(Target.atMost(0)));
        report.add(against(Kind.EMPTY_GET, rate(Kind.NEW_VOTER, "page GET /, new voter, 64 connections"))
                .with(Target.shareOfAtLeast(0.8)));
        report.add(against(Kind.EMPTY_GET, rate(Kind.KNOWN_VOTER, "page GET /, known voter, 64 connections"))
                .with(Target.shareOfAtLeast(0.8)));
        report.add(
                against(Kind.EMPTY_POST, rate(Kind.RECORDED, "votes taken while the worker records, 64 connections")));
        report.add(millis(Kind.RECORDED, 99, "  the same, p99"));
        runs.forEach((kind, measured) -> {
            Run last = measured.get(measured.size() - 1);
            report.add(new Curve(Curve.Plot.LATENCY, kind.label, last.percentiles()));
            report.add(new Curve(Curve.Plot.THROUGHPUT, kind.label, last.throughput()));
        });
    }

    private Figure rate(Kind kind, String name) {
        return figure(kind, name, "a second", Run::rate);
    }

    private Figure millis(Kind kind, double percentile, String name) {
        return figure(kind, name, "ms", run -> run.millis(percentile));
    }

    private Figure failures(Kind kind, String name) {
        return figure(kind, name, "requests", run -> (double) run.failures());
    }

    private Figure figure(Kind kind, String name, String unit, Function<Run, Double> value) {
        return Figure.of(NAME, name, unit, runs.get(kind).stream().map(value).toList());
    }

    private Figure against(Kind limit, Figure figure) {
        return figure.against(
                limit.label, runs.get(limit).stream().map(Run::rate).toList());
    }
}
