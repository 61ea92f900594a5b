package org.votingapp.k8s;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.votingapp.testsupport.VoterKey;

/** The two pages as their NodePorts show them, and those who come there. */
final class Entrances {

    /** Enough that a request that fails is seen, and what two processors bear beside the start of a server. */
    static final int RATE = 200;

    private static final String HOST = System.getProperty("kubernetes.host");
    private static final URI VOTE = URI.create("http://" + HOST + ":31000/");
    private static final URI RESULT = URI.create("http://" + HOST + ":31001/");
    private static final Pattern POD = Pattern.compile("vote-[a-z0-9]+-[a-z0-9]+");

    private final TestCluster cluster;
    private final PromiseCheck promise;

    Entrances(TestCluster cluster) {
        this.cluster = cluster;
        this.promise = new PromiseCheck(cluster, RESULT);
    }

    /** What everybody who came was told, held against what is stored. */
    PromiseCheck promise() {
        return promise;
    }

    /** Voters, so many a second. */
    Voters voters(int aSecond) {
        return Voters.at(aSecond, VOTE, new VoterKey(cluster.secret("voter-key", "key")), promise.history());
    }

    /** Somebody who watches the result. */
    ResultWatcher watcher() {
        return ResultWatcher.of(RESULT);
    }

    /** What a new voter is told who comes from an address by way of a proxy. */
    HttpResponse<String> answerTo(String address) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(VOTE.resolve("/api/votes"))
                .header("Content-Type", "application/json")
                .header("X-Forwarded-For", address)
                .POST(HttpRequest.BodyPublishers.ofString("{\"vote\":\"a\"}"))
                .build());
    }

    /** The result page as it comes from the server. */
    HttpResponse<String> resultPage() throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(RESULT).build());
    }

    /** The vote server that answers, by the name that its page tells. */
    String serverThatAnswers() throws IOException, InterruptedException {
        String page = answer(HttpRequest.newBuilder(VOTE).build()).body();
        Matcher name = POD.matcher(page);
        return name.find() ? name.group() : "nobody";
    }

    /** By a connection of its own, as somebody who has just come. */
    private static HttpResponse<String> answer(HttpRequest request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Prints a figure. */
    static void report(String what, Object... values) {
        System.out.println("On Kubernetes: " + what.formatted(values));
    }
}
