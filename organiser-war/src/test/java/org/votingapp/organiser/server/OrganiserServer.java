package org.votingapp.organiser.server;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.votingapp.testsupport.server.LibertyProcess;

/** An organiser server in a process of its own, which can be started again. */
final class OrganiserServer extends LibertyProcess {

    private static final Path OUTPUT = newOutput();

    /**
     * Describes it.
     *
     * @param folder for what it writes
     * @param variables its settings
     */
    OrganiserServer(Path folder, Map<String, String> variables) {
        this(folder, OUTPUT, variables);
    }

    /** The same beside another one: with an output folder of its own, which makes the start longer. */
    OrganiserServer(Path folder, Path output, Map<String, String> variables) {
        super("organiser", folder, output, variables);
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) throws IOException {
        return exchange(method, path, body, headers);
    }
}
