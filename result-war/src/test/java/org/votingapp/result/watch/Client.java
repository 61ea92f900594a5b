package org.votingapp.result.watch;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** The far end of a stream, which can stop reading and can leave. */
final class Client extends ServletOutputStream {

    /** What comes of writing instead of what should. */
    @FunctionalInterface
    interface Fault {

        void happen() throws IOException;
    }

    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final CountDownLatch readsAgain = new CountDownLatch(1);
    private volatile boolean reading = true;
    private volatile Fault fault = () -> {};
    private volatile boolean completed;
    private volatile boolean waitedFor;

    /** The exchange with this client. */
    AsyncContext exchange() {
        ServletResponse response = proxy(ServletResponse.class, method -> this);
        return proxy(AsyncContext.class, method -> {
            completed |= method.equals("complete");
            return method.equals("getResponse") ? response : null;
        });
    }

    private static <T> T proxy(Class<T> type, Function<String, Object> answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> answer.apply(method.getName())));
    }

    /** From now on, writing to it waits until {@link #timeOut}. */
    void stopReading() {
        reading = false;
    }

    /** Ends what waits for it, as the server's write time-out does. */
    void timeOut() {
        readsAgain.countDown();
    }

    /** From now on, writing to it fails. */
    void leave() {
        fault = () -> {
            throw new IOException("Broken pipe");
        };
    }

    /** From now on, this comes of writing to it. */
    void failWith(Fault from) {
        fault = from;
    }

    /** Whether a thread waits for it. */
    boolean isWaitedFor() {
        return waitedFor;
    }

    /** Whether its response was completed. */
    boolean isCompleted() {
        return completed;
    }

    /** All that it has received. */
    synchronized String received() {
        return received.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        fault.happen();
        if (!reading) {
            waitedFor = true;
            await();
            throw new SocketTimeoutException("not taken in time");
        }
        synchronized (this) {
            received.write(bytes, from, length);
        }
    }

    private void await() throws IOException {
        try {
            readsAgain.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        throw new UnsupportedOperationException();
    }
}
