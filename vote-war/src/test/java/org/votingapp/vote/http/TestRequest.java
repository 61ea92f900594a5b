package org.votingapp.vote.http;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.TreeMap;

/** A request with the headers and cookies that a test gives it. Any question that a servlet of ours does not ask fails. */
public final class TestRequest extends HttpServletRequestWrapper {

    private final String method;
    private final String path;
    private final Cookie[] cookies;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private boolean secure;

    private TestRequest(String method, String path, Cookie... cookies) {
        super(Unexpected.of(HttpServletRequest.class));
        this.method = method;
        this.path = path;
        this.cookies = cookies;
    }

    /** A {@code GET /} with these cookies. */
    public static TestRequest with(Cookie... cookies) {
        return new TestRequest("GET", "/", cookies);
    }

    static TestRequest get(String path) {
        return new TestRequest("GET", path);
    }

    static TestRequest post(String path) {
        return new TestRequest("POST", path);
    }

    TestRequest header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** The same, as over TLS. */
    public TestRequest overTls() {
        secure = true;
        return this;
    }

    @Override
    public DispatcherType getDispatcherType() {
        return DispatcherType.REQUEST;
    }

    @Override
    public String getMethod() {
        return method;
    }

    @Override
    public String getRequestURI() {
        return path;
    }

    @Override
    public String getHeader(String name) {
        return headers.get(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        return Collections.enumeration(headers.keySet());
    }

    @Override
    public String getContentType() {
        return getHeader("Content-Type");
    }

    /** {@code null} where there are none, as by {@link HttpServletRequest#getCookies}. */
    @Override
    public Cookie[] getCookies() {
        return cookies.length == 0 ? null : cookies.clone();
    }

    @Override
    public boolean isSecure() {
        return secure;
    }

    @Override
    public String getRemoteAddr() {
        return "192.0.2.1";
    }
}
