package org.votingapp.vote.http;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.AsyncContext;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Gives requests back to the container, which calls their servlet again (Jakarta Servlet 6.0, section 9.7.2).
 *
 * <p>On a thread that does nothing else. To what a request is dispatched Liberty takes from what the calling thread has
 * seen last; on one that also serves requests this may be another request, whose end is the end of the dispatch
 * (SRVE8046E), too. What waits is bounded by the requests on their way. Thread-safe; without work there is no thread.
 */
@ApplicationScoped
public class AsyncDispatcher {

    private static final int IDLE_SECONDS = 30;

    @Resource
    private ManagedThreadFactory threads;

    private ThreadPoolExecutor thread;

    @PostConstruct
    void open() {
        thread = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        thread.allowCoreThreadTimeOut(true);
    }

    @PreDestroy
    void close() {
        thread.shutdown();
    }

    /**
     * Dispatches a request to its own address, soon.
     *
     * @param request has been started and neither completed nor dispatched yet
     */
    public void dispatch(AsyncContext request) {
        thread.execute(request::dispatch);
    }

    /** The same to another address of this application, such as {@code /WEB-INF/late-voting-page}. */
    public void dispatch(AsyncContext request, String path) {
        thread.execute(() -> request.dispatch(path));
    }
}
