package org.votingapp.worker.it;

import java.io.File;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.hamcrest.Matcher;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The application as it was built, with settings of the test. */
final class WorkerArchive {

    private static final Map<String, String> DEFAULTS = Map.of(
            "worker.batch-size", "100",
            "worker.loops", "2",
            "worker.pace", "PT0S",
            "worker.claim-idle", "PT1S",
            "worker.unknown-wait", "PT0S",
            "worker.name", "tested",
            "db.reader", "voting_result");

    private WorkerArchive() {}

    /** The application with some settings that differ from those that suit most tests. */
    static WebArchive with(String name, Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>(DEFAULTS);
        all.putAll(settings);
        String file = all.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining("\n"));
        return ShrinkWrap.create(WebArchive.class, name)
                .merge(ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/worker-ejb.war")))
                .addAsResource(new StringAsset(file), "META-INF/microprofile-config.properties");
    }

    /** The same with what tests inside the server need. */
    static WebArchive forTestsInside(String name, Class<?>... classes) {
        return with(name, Map.of())
                .addClasses(classes)
                .addAsLibraries(jar(Assertions.class), jar(Awaitility.class), jar(Matcher.class));
    }

    private static File jar(Class<?> type) {
        try {
            return new File(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
