package org.votingapp.vote.http;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Singleton;
import jakarta.servlet.AsyncContext;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Gives waiting requests back to the container, which calls a servlet for them (Jakarta Servlet 6.0, section 9.7.2).
 *
 * <p>It does so on a thread of its own. Liberty takes the state of a dispatch from the calling thread. On a thread that also
 * serves requests, that state may belong to another request and end with it (SRVE8046E). The requests under way bound the
 * queue. Thread-safe; an idle thread ends.
 */
@Singleton
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
     * Soon dispatches a request to a path of this application.
     *
     * @param request one that was started, and neither completed nor dispatched
     */
    public void dispatch(AsyncContext request, String path) {
        thread.execute(() -> request.dispatch(path));
    }
}
