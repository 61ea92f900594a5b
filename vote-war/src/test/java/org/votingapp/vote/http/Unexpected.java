package org.votingapp.vote.http;

import java.lang.reflect.Proxy;

/** Fails whatever it is asked, so that a test double answers only what it knows. */
final class Unexpected {

    private Unexpected() {}

    /** An implementation each of whose methods fails, and names itself. */
    static <T> T of(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    throw new AssertionError("unexpected: " + method);
                }));
    }
}
