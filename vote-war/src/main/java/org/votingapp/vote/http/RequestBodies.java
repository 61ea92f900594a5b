package org.votingapp.vote.http;

import jakarta.inject.Singleton;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.votingapp.web.ClientAddress;

/**
 * Reads request bodies. Slow clients block at most half of the server's threads.
 *
 * <p>Nearly every body arrives together with its headers, and the request's thread reads it at once. While too many threads
 * are reading, further bodies are read without a thread as they arrive (Jakarta Servlet 6.0, section 3.7), which is slower.
 * {@link WaitingRoom} bounds their number and bytes, and each has about 10 s. Others are refused. Thread-safe.
 */
@Singleton
public class RequestBodies {

    private static final Logger LOG = Logger.getLogger(RequestBodies.class.getName());

    /**
     * The most threads that may block on a body. Liberty starts with twice as many (two per processor, at least four), and
     * takes seconds to add more.
     */
    private static final int THREADS = Math.max(2, Runtime.getRuntime().availableProcessors());

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Semaphore threads;
    private final WaitingRoom room = new WaitingRoom();

    /** Reads bodies on half of the threads of a server that has just started. */
    public RequestBodies() {
        this(THREADS);
    }

    RequestBodies(int threads) {
        this.threads = new Semaphore(threads);
    }

    /**
     * The body of a request.
     *
     * @param waiting the request, in asynchronous mode
     * @return complete already, unless the body arrives without a thread; then a thread of the container completes it
     * @throws IOException if the request has no stream
     */
    public CompletionStage<RequestBody> of(AsyncContext waiting) throws IOException {
        HttpServletRequest request = (HttpServletRequest) waiting.getRequest();
        long length = request.getContentLengthLong();
        if (length > RequestBody.LIMIT) {
            return CompletableFuture.completedStage(RequestBody.tooLarge());
        }
        ServletInputStream in = request.getInputStream();
        if (threads.tryAcquire()) {
            try {
                return CompletableFuture.completedStage(read(in, length));
            } finally {
                threads.release();
            }
        }
        return room.enter(ClientAddress.of(request))
                .map(place -> arriving(in, length, place))
                .orElseGet(() -> CompletableFuture.completedStage(RequestBody.oneTooMany()));
    }

    private static CompletionStage<RequestBody> arriving(ServletInputStream in, long length, WaitingRoom.Place place) {
        CompletableFuture<RequestBody> body = new CompletableFuture<>();
        in.setReadListener(new Arrival(in, length, place, body));
        return body;
    }

    private static RequestBody read(ServletInputStream in, long length) {
        long start = System.nanoTime();
        // A known length bounds the memory.
        byte[] bytes = new byte[length < 0 ? RequestBody.LIMIT + 1 : (int) length];
        int come = 0;
        try {
            while (come < bytes.length) {
                int read = in.read(bytes, come, bytes.length - come);
                if (read < 0) {
                    return length < 0 ? RequestBody.of(Arrays.copyOf(bytes, come)) : RequestBody.cutOff(null);
                }
                come += read;
                if (come < bytes.length && isLate(start)) {
                    return RequestBody.tooSlow(null);
                }
            }
            return come > RequestBody.LIMIT ? RequestBody.tooLarge() : RequestBody.of(bytes);
        } catch (SocketTimeoutException silent) {
            return RequestBody.tooSlow(silent);
        } catch (IOException cutOff) {
            return RequestBody.cutOff(cutOff);
        }
    }

    private static boolean isLate(long start) {
        return System.nanoTime() - start > PATIENCE.toNanos();
    }

    /** An arriving body. The container delivers one event at a time. */
    private static final class Arrival implements ReadListener {

        private final ServletInputStream in;
        private final long length;
        private final WaitingRoom.Place place;
        private final CompletableFuture<RequestBody> body;
        private final long start = System.nanoTime();
        private final ByteArrayOutputStream come = new ByteArrayOutputStream();
        private final byte[] part = new byte[WaitingRoom.PLACE];
        private boolean ended;

        Arrival(ServletInputStream in, long length, WaitingRoom.Place place, CompletableFuture<RequestBody> body) {
            this.in = in;
            this.length = length;
            this.place = place;
            this.body = body;
        }

        @Override
        public void onDataAvailable() throws IOException {
            while (!ended && in.isReady() && !in.isFinished()) {
                int read = in.read(part);
                if (read < 0) {
                    return;
                } else if (come.size() + read > RequestBody.LIMIT) {
                    end(RequestBody.tooLarge());
                } else if (isLate(start)) {
                    end(RequestBody.tooSlow(null));
                } else if (!place.takes(read)) {
                    end(RequestBody.oneTooMany());
                } else {
                    come.write(part, 0, read);
                }
            }
        }

        private RequestBody whole() {
            return RequestBody.of(come.toByteArray());
        }

        @Override
        public void onAllDataRead() {
            end(length >= 0 && come.size() < length ? RequestBody.cutOff(null) : whole());
        }

        @Override
        public void onError(Throwable failure) {
            LOG.log(Level.FINE, "A body did not come to its end", failure);
            end(
                    failure instanceof SocketTimeoutException silent
                            ? RequestBody.tooSlow(silent)
                            : RequestBody.cutOff(failure));
        }

        private void end(RequestBody come) {
            if (!ended) {
                ended = true;
                place.leave();
                body.complete(come);
            }
        }
    }
}
