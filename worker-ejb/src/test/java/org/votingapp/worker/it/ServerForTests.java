package org.votingapp.worker.it;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.UUID;
import org.jboss.arquillian.config.descriptor.api.ArquillianDescriptor;
import org.jboss.arquillian.config.descriptor.api.ContainerDef;
import org.jboss.arquillian.container.spi.event.container.AfterStop;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.LoadableExtension;

/**
 * Starts the stores before the server is configured, and ends them after it has stopped.
 *
 * <p>Names, folders and ports are new in each run, so that two runs on one machine do not meet.
 */
public class ServerForTests implements LoadableExtension {

    @Override
    public void register(ExtensionBuilder builder) {
        builder.observer(Stores.class);
    }

    /** Lives as long as Arquillian does. */
    public static class Stores {

        private EmbeddedStores stores;

        /** Before the container's configuration is read. */
        public void start(@Observes(precedence = 100) ArquillianDescriptor descriptor)
                throws IOException, SQLException {
            String name = "worker-it-" + UUID.randomUUID();
            Path folder = Path.of("target", "it", name).toAbsolutePath();
            stores = new EmbeddedStores(folder);
            Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
            ServerFolder.create(folder.resolve("usr"), name, stores);
            StoresOutside.tellPorts(stores.postgresPort(), stores.redisPort());
            StoresOutside.tellLog(folder.resolve("usr/servers/" + name + "/logs/messages.log"));
            ContainerDef container = descriptor.getContainers().get(0);
            container.property(
                    "wlpHome",
                    Path.of("..", "target", "liberty", "wlp").toRealPath().toString());
            container.property("usrDir", folder.resolve("usr").toString());
            container.property("serverName", name);
        }

        /** After the server, which would only complain that they are gone. */
        public void stop(@Observes AfterStop event) {
            stop();
        }

        private synchronized void stop() {
            stores.close();
        }
    }
}
