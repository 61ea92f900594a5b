package org.votingapp.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.votingapp.poll.Poll;
import org.votingapp.poll.RegisteredPoll;
import org.votingapp.runtime.redis.PollHash;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.runtime.settings.PollSettings;
import org.votingapp.runtime.settings.Settings;
import org.votingapp.stack.liberty.ServerKind;
import org.votingapp.stack.process.Part;
import redis.clients.jedis.Jedis;

/**
 * Starts stacks that have no worker: a server less to start where a test looks at voting alone. Publishes the poll of the
 * stack's settings to Redis once, as a worker of the release before did, since without its rules no vote is taken: ballots carry
 * voters' own ids.
 */
public final class WithoutWorker {

    private WithoutWorker() {}

    /** Starts all parts and waits until each is ready. */
    public static LocalStack start(LocalStack stack) {
        stack.parts().forEach(Part::start);
        stack.redis().awaitReady(TestStacks.START_LIMIT);
        try (Jedis redis = stack.redis().connect()) {
            Poll poll = PollSettings.read(settings(stack));
            Map<String, String> rules = PollHash.write(new RegisteredPoll(poll, Map.of(), 0));
            rules.remove(PollHash.DEFINED);
            redis.hset(RedisNames.poll(poll.id()), rules);
        }
        stack.parts().forEach(part -> part.awaitReady(TestStacks.START_LIMIT));
        return stack;
    }

    private static Settings settings(LocalStack stack) {
        Map<String, String> variables = stack.settings(ServerKind.VOTE);
        Properties defaults = defaults();
        return Settings.from(property -> Optional.ofNullable(
                        variables.get(property.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_")))
                .or(() -> Optional.ofNullable(defaults.getProperty(property))));
    }

    private static Properties defaults() {
        Properties defaults = new Properties();
        try {
            for (URL file : Collections.list(
                    Settings.class.getClassLoader().getResources("META-INF/microprofile-config.properties"))) {
                try (InputStream in = file.openStream()) {
                    defaults.load(in);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return defaults;
    }
}
