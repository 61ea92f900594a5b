package org.votingapp.vote.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.AbstractIntegerAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.votingapp.vote.http.RequestBody.RefusedException;

class RequestBodiesTest {

    private static final String VOTE = "{\"vote\":\"a\"}";

    private final Arriving stream = new Arriving();

    @ParameterizedTest
    @ValueSource(longs = {12, -1})
    void aBodyThatIsThereIsReadAtOnce(long length) throws Exception {
        stream.arrives(VOTE);
        stream.ends();

        CompletableFuture<RequestBody> body = read(new RequestBodies(1), length);

        assertThat(body).isCompleted();
        assertThat(body.get().text()).isEqualTo(VOTE);
    }

    /** As while other bodies hold all threads that may wait. */
    @Test
    void aBodyWithoutAThreadIsKnownOnceItsLastPartHasArrived() throws Exception {
        CompletableFuture<RequestBody> body = read(new RequestBodies(0), 12);

        stream.arrives("{\"vote");
        stream.listener.onDataAvailable();
        assertThat(body).isNotDone();
        stream.arrives("\":\"a\"}");
        stream.listener.onDataAvailable();
        stream.listener.onAllDataRead();

        assertThat(body).isCompleted();
        assertThat(body.get().text()).isEqualTo(VOTE);
    }

    @Test
    void aBodyWithoutAThreadThatEndsEarlyIsRefused() throws Exception {
        CompletableFuture<RequestBody> body = read(new RequestBodies(0), 13);
        stream.arrives(VOTE);
        stream.listener.onDataAvailable();

        stream.listener.onAllDataRead();

        assertThatRefusal(body).isEqualTo(400);
    }

    @Test
    void aBodyWithoutAThreadIsRefusedOnceItIsTooLarge() throws Exception {
        CompletableFuture<RequestBody> body = read(new RequestBodies(0), -1);

        stream.arrives(" ".repeat(RequestBody.LIMIT + 1));
        stream.listener.onDataAvailable();

        assertThatRefusal(body).isEqualTo(413);
    }

    /** The answer to who has left reaches nobody; it gives the request back. */
    @Test
    void aBodyWithoutAThreadWhoseClientLeavesOrFallsSilentIsRefused() throws Exception {
        CompletableFuture<RequestBody> left = read(new RequestBodies(0), 12);
        stream.listener.onError(new IOException("reset"));
        CompletableFuture<RequestBody> silent = read(new RequestBodies(0), 12);
        stream.listener.onError(new SocketTimeoutException());

        assertThatRefusal(left).isEqualTo(400);
        assertThatRefusal(silent).isEqualTo(408);
    }

    private static AbstractIntegerAssert<?> assertThatRefusal(CompletableFuture<RequestBody> body) throws Exception {
        assertThat(body).isCompleted();
        RequestBody refused = body.get();
        int[] status = new int[1];
        assertThatThrownBy(refused::text)
                .isInstanceOfSatisfying(RefusedException.class, refusal -> status[0] = refusal.status());
        return assertThat(status[0]);
    }

    private CompletableFuture<RequestBody> read(RequestBodies bodies, long length) throws IOException {
        ServletRequest request = new HttpServletRequestWrapper(TestRequest.post("/")) {
            @Override
            public long getContentLengthLong() {
                return length;
            }

            @Override
            public ServletInputStream getInputStream() {
                return stream;
            }
        };
        AsyncContext waiting = (AsyncContext) Proxy.newProxyInstance(
                AsyncContext.class.getClassLoader(),
                new Class<?>[] {AsyncContext.class},
                (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("getRequest");
                    return request;
                });
        return bodies.of(waiting).toCompletableFuture();
    }

    /** What a client has sent so far. */
    private static final class Arriving extends ServletInputStream {

        private final Queue<Byte> bytes = new ArrayDeque<>();
        private ReadListener listener;
        private boolean ended;

        void arrives(String text) {
            for (byte one : text.getBytes(UTF_8)) {
                bytes.add(one);
            }
        }

        void ends() {
            ended = true;
        }

        @Override
        public int read() {
            if (bytes.isEmpty()) {
                assertThat(ended).as("read without data").isTrue();
                return -1;
            }
            return bytes.remove();
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            int count = 0;
            while (count < length && !bytes.isEmpty()) {
                into[offset + count] = bytes.remove();
                count++;
            }
            return count == 0 ? read() : count;
        }

        @Override
        public boolean isFinished() {
            return ended && bytes.isEmpty();
        }

        @Override
        public boolean isReady() {
            return !bytes.isEmpty();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            this.listener = listener;
        }
    }
}
