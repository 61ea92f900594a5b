package org.votingapp.runtime.redis;

import java.util.NoSuchElementException;
import java.util.Optional;
import org.votingapp.runtime.store.StoreAddress;

/** What an error of Redis means, by its first word (redis.io, "Redis serialization protocol", simple errors). */
public final class RedisFailure {

    private RedisFailure() {}

    /** The words for an error that Redis answered or Jedis raised; empty for all others. */
    public static Optional<String> words(Throwable failure, StoreAddress store) {
        String message = String.valueOf(failure.getMessage());
        if (message.startsWith("Unexpected end of stream")) {
            return Optional.of("the connection broke at " + store.place());
        }
        if (failure instanceof NoSuchElementException) {
            // The connection pool's.
            return Optional.of("no connection was free in time at " + store.place());
        }
        String code = message.split(" ", 2)[0];
        return switch (code) {
            case "NOAUTH" -> Optional.of("a password is missing for " + store.login());
            case "WRONGPASS" -> Optional.of("wrong user or password for " + store.login());
            case "NOPERM" -> Optional.of("a permission is missing for " + store.login());
            case "READONLY" -> Optional.of("it is a read-only replica at " + store.place());
            case "MOVED", "ASK", "CROSSSLOT", "TRYAGAIN" ->
                Optional.of(
                        "it is a node of a Redis cluster, and one that does not have our keys, at " + store.place());
            case "CLUSTERDOWN" -> Optional.of("the Redis cluster is down at " + store.place());
            case "LOADING" -> Optional.of("it is loading its data at " + store.place());
            case "MISCONF" -> Optional.of("it cannot write to its disk at " + store.place());
            case "OOM" -> Optional.of("it is out of memory at " + store.place());
            case "BUSY" -> Optional.of("it is busy with a script at " + store.place());
            case "NOREPLICAS" -> Optional.of("it has too few replicas at " + store.place());
            case "MASTERDOWN" -> Optional.of("it has lost its primary at " + store.place());
            case "ERR" -> Optional.of("it answers with an error at " + store.place());
            default -> Optional.empty();
        };
    }
}
