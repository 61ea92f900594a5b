package org.votingapp.vote.http;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
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
 * Reads the bodies of requests, and lets slow clients hold at most half of the server's threads.
 *
 * <p>Nearly every body arrives together with its headers, and the request's thread reads it at once. Nobody knows beforehand.
 * So while that many threads are reading, further bodies are read without a thread as they arrive (Jakarta Servlet 6.0,
 * section 3.7), which takes longer. Those waiting bodies are bounded in number and bytes ({@link WaitingRoom}), and each has
 * about 10 s. Others are refused.
 */
@Singleton
public class RequestBodies {

    private static final Logger LOG = Logger.getLogger(RequestBodies.class.getName());

    /**
     * The most threads that may wait for a body. Liberty starts with twice as many (two a processor, at least four), and takes
     * seconds to add more.
     */
    private static final int THREADS = Math.max(2, Runtime.getRuntime().availableProcessors());

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String BODY = RequestBody.class.getName();

    private final Semaphore threads = new Semaphore(THREADS);
    private final WaitingRoom room = new WaitingRoom();

    private final AsyncDispatcher dispatcher;

    /** Gives requests whose body came late back by this dispatcher. */
    @Inject
    public RequestBodies(AsyncDispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    /**
     * The body of a request.
     *
     * @return empty where it has not arrived: the servlet must return, and the container calls it again for this request
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

    /** A body that is arriving. The container calls it for one event at a time. */
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
                // No client is left to answer.
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
                // The servlet sets another status. A request that is never dispatched must not look successful.
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
