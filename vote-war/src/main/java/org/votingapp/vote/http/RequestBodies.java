package org.votingapp.vote.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
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
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Reads the bodies of requests, and lets no more than half of the server's threads wait for clients that send theirs slowly.
 *
 * <p>Nearly each body comes together with its headers, and is read at once by the thread of its request. Nobody can tell
 * beforehand whether it will; so while that many threads are reading, other bodies are read as they come, without a thread
 * (Jakarta Servlet 6.0, section 3.7), which takes longer. What waits is bounded in number and bytes ({@link WaitingRoom}),
 * each for about 10 s; what is beyond is refused.
 */
@ApplicationScoped
public class RequestBodies {

    private static final Logger LOG = Logger.getLogger(RequestBodies.class.getName());

    /**
     * How many threads may wait for a body. Liberty has twice as many before load or standstill has it make more, for which
     * it takes seconds: for each processor two, and at least four.
     */
    private static final int THREADS = Math.max(2, Runtime.getRuntime().availableProcessors());

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String BODY = RequestBody.class.getName();

    private final Semaphore threads = new Semaphore(THREADS);
    private final WaitingRoom room = new WaitingRoom();

    @Inject
    private AsyncDispatcher dispatcher;

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
        ServletInputStream in = request.getInputStream();
        if (threads.tryAcquire()) {
            try {
                return Optional.of(read(in, length));
            } finally {
                threads.release();
            }
        }
        Optional<WaitingRoom.Place> place = room.enter(ClientAddress.of(request));
        if (place.isEmpty()) {
            return Optional.of(RequestBody.oneTooMany());
        }
        AsyncContext later = request.startAsync(request, response);
        later.setTimeout(0);
        in.setReadListener(new Arrival(in, length, later, place.get()));
        return Optional.empty();
    }

    private static RequestBody read(ServletInputStream in, long length) {
        long start = System.nanoTime();
        // Where the length is known no more than that is made room for.
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

    /** A body on its way; the container calls it for one event at a time. */
    private final class Arrival implements ReadListener {

        private final ServletInputStream in;
        private final long length;
        private final AsyncContext later;
        private final WaitingRoom.Place place;
        private final long start = System.nanoTime();
        private final ByteArrayOutputStream come = new ByteArrayOutputStream();
        private final byte[] part = new byte[WaitingRoom.PLACE];
        private boolean ended;

        Arrival(ServletInputStream in, long length, AsyncContext later, WaitingRoom.Place place) {
            this.in = in;
            this.length = length;
            this.later = later;
            this.place = place;
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
            if (failure instanceof SocketTimeoutException silent) {
                end(RequestBody.tooSlow(silent));
            } else if (!ended) {
                // Nobody is there to be answered.
                LOG.log(Level.FINE, "A client left before its body had come", failure);
                release();
                answerWith(HttpServletResponse.SC_BAD_REQUEST);
                later.complete();
            }
        }

        private void end(RequestBody body) {
            if (!ended) {
                release();
                later.getRequest().setAttribute(BODY, body);
                // The servlet sets another one. Without a dispatch there must be no word of success.
                answerWith(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
                dispatcher.dispatch(later);
            }
        }

        private void release() {
            ended = true;
            place.leave();
        }

        private void answerWith(int status) {
            ((HttpServletResponse) later.getResponse()).setStatus(status);
        }
    }
}
