package org.votingapp.systemtests.voting;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.votingapp.stack.LocalStack;
import org.votingapp.stack.liberty.LibertyPart;
import org.votingapp.systemtests.shared.SharedStack;

/** Clients such as the JDK's offer an upgrade to HTTP/2. A server that accepted it would never send a page. */
@ExtendWith(SharedStack.class)
class OfferOfHttp2IT {

    private final LocalStack stack;

    OfferOfHttp2IT(LocalStack stack) {
        this.stack = stack;
    }

    @Test
    void theUpgradeOfferIsIgnoredAndTheRequestAnswered() throws Exception {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        for (LibertyPart server : List.of(stack.vote(), stack.result())) {
            HttpRequest request = HttpRequest.newBuilder(server.uri("/"))
                    .timeout(Duration.ofSeconds(20))
                    .build();
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
            assertThat(answer.body()).contains("Cats vs Dogs!");
        }
    }
}
