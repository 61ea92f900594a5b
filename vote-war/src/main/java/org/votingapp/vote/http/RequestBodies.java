package org.votingapp.vote.http;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Reads the bodies of requests, and lets no more than {@value #THREADS} threads wait for clients that send theirs slowly.
 *
 * <p>Nearly each body comes together with its headers, and is read at once by the thread of its request. Nobody can tell
 * beforehand whether it will; so while that many threads are reading, other bodies are read as they come, without a thread
 * (Jakarta Servlet 6.0, section 3.7), which takes longer. What waits is bounded: at most {@value #WAITING} bodies of
 * {@value #HELD} bytes together, each for about 10 s; what is beyond is refused.
 */
@ApplicationScoped
public class RequestBodies {

    /** How many threads may wait for a body. */
    static final int THREADS = 8;

    /** How many bodies may be on their way without a thread. */
    static final int WAITING = 1_000;

    /** How much room those may take together, in bytes. */
    static final int HELD = 8 * 1024 * 1024;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String BODY = RequestBody.class.getName();

    @Resource
    private ManagedExecutorService executor;

    private final Semaphore threads = new Semaphore(THREADS);
    private final Semaphore room = new Semaphore(HELD);
    private final Semaphore waiting = new Semaphore(WAITING);

    /**
     * The body of a request.
     *
     * @return nothing where it is still to come: the servlet has to return, and is called again for the same request
     * @throws IOException where the request's stream cannot be had
     */
    public Optional<RequestBody> of(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getAttribute(BODY) instanceof RequestBody come) {
            return Optional.of(come);
        }
        long length = request.getContentLengthLong();
        if (length > RequestBody.LIMIT) {
            return Optional.of(RequestBody.tooLarge());
        }
        byte[] begun = {};
        if (length >= 0 && threads.tryAcquire()) {
            try {
                byte[] bytes = new byte[(int) length];
                int read = length == 0 ? 0 : request.getInputStream().read(bytes);
                if (read < 0) {
                    return Optional.of(RequestBody.cutOff(null));
                }
                if (read == length) {
                    return Optional.of(RequestBody.of(bytes));
                }
                begun = Arrays.copyOf(bytes, read);
            } catch (SocketTimeoutException silent) {
                return Optional.of(RequestBody.tooSlow(silent));
            } catch (IOException cutOff) {
                return Optional.of(RequestBody.cutOff(cutOff));
            } finally {
                threads.release();
            }
        }
        if (!waiting.tryAcquire()) {
            return Optional.of(RequestBody.oneTooMany());
        }
        if (!room.tryAcquire(begun.length)) {
            waiting.release();
            return Optional.of(RequestBody.oneTooMany());
        }
        AsyncContext later = request.startAsync(request, response);
        later.setTimeout(0);
        ServletInputStream in = request.getInputStream();
        in.setReadListener(new Arrival(in, length, begun, later));
        return Optional.empty();
    }

    /** A body on its way; the container calls it for one event at a time. */
    private final class Arrival implements ReadListener {

        private final ServletInputStream in;
        private final long length;
        private final AsyncContext later;
        private final long start = System.nanoTime();
        private final ByteArrayOutputStream come = new ByteArrayOutputStream();
        private final byte[] part = new byte[512];
        private boolean ended;

        Arrival(ServletInputStream in, long length, byte[] begun, AsyncContext later) {
            this.in = in;
            this.length = length;
            this.later = later;
            come.writeBytes(begun);
        }

        @Override
        public void onDataAvailable() throws IOException {
            while (!ended && in.isReady() && !in.isFinished()) {
                int read = in.read(part);
                if (read < 0) {
                    return;
                } else if (come.size() + read > RequestBody.LIMIT) {
                    end(RequestBody.tooLarge());
                } else if (System.nanoTime() - start > PATIENCE.toNanos()) {
                    end(RequestBody.tooSlow(null));
                } else if (!room.tryAcquire(read)) {
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
            end(
                    failure instanceof SocketTimeoutException silent
                            ? RequestBody.tooSlow(silent)
                            : RequestBody.cutOff(failure));
        }

        private void end(RequestBody body) {
            if (ended) {
                return;
            }
            ended = true;
            waiting.release();
            room.release(come.size());
            later.getRequest().setAttribute(BODY, body);
            // The servlet sets another one; under load one dispatch in some ten thousands fails within Liberty.
            ((HttpServletResponse) later.getResponse()).setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            // Not from within the event, where many more of them fail.
            executor.execute(later::dispatch);
        }
    }
}
