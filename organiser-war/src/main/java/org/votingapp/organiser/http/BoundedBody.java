package org.votingapp.organiser.http;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** The body of an answer as text in UTF-8, up to a number of bytes; a longer one fails. */
public final class BoundedBody implements HttpResponse.BodySubscriber<String> {

    private final HttpResponse.BodySubscriber<String> whole =
            HttpResponse.BodySubscribers.ofString(StandardCharsets.UTF_8);
    private final int most;
    private Flow.Subscription subscription;
    private long length;

    /** @param most how many bytes are taken */
    public BoundedBody(int most) {
        this.most = most;
    }

    @Override
    public CompletionStage<String> getBody() {
        return whole.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        whole.onSubscribe(given);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        length += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
        if (length <= most) {
            whole.onNext(buffers);
        } else {
            subscription.cancel();
            whole.onError(new IOException("the answer is longer than %,d bytes".formatted(most)));
        }
    }

    @Override
    public void onError(Throwable failed) {
        whole.onError(failed);
    }

    @Override
    public void onComplete() {
        whole.onComplete();
    }
}
