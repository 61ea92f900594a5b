package org.votingapp.stack;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.votingapp.runtime.postgres.DatabaseSettings;
import org.votingapp.runtime.settings.InvalidSettingException;
import org.votingapp.stack.liberty.ServerKind;
import org.votingapp.stack.process.Supervisor;
import org.votingapp.stack.terminal.Console;
import org.votingapp.stack.terminal.StackException;

/**
 * Runs the whole system on this machine until Ctrl-C or SIGTERM: {@code mvn -Prun}.
 *
 * <p>The one argument is the project's folder. A failure is printed in one line, and the exit code is 1.
 */
public final class RunLocalStack {

    // Not System.out: Maven has replaced it by a stream that fails while Maven ends.
    private final Console console =
            new Console(new PrintStream(new FileOutputStream(FileDescriptor.out), true, Charset.defaultCharset()));

    private RunLocalStack() {}

    /** Runs it. */
    public static void main(String... arguments) throws InterruptedException {
        Path root = Path.of(arguments.length > 0 ? arguments[0] : "")
                .toAbsolutePath()
                .normalize();
        try {
            requireSignals();
            DatabaseSettings.pinTimeZone();
            new RunLocalStack().run(StackSettings.read(System.getenv(), root), root);
        } catch (StackException | InvalidSettingException reason) {
            System.err.println("The local stack cannot run. " + reason.getMessage());
            // Maven would add a page about how to run Maven.
            System.exit(1);
        } catch (RuntimeException | Error mistake) {
            System.err.println("The local stack cannot run, by a mistake of its own:");
            mistake.printStackTrace();
            // Maven would close the class loader before the shutdown hook has ended the parts.
            System.exit(1);
        }
    }

    private static void requireSignals() {
        if (System.getProperty("os.name").startsWith("Windows")) {
            throw new StackException("It needs Linux or macOS; on Windows, the Linux subsystem (WSL) will do.");
        }
    }

    private void run(StackSettings settings, Path root) throws InterruptedException {
        LocalStack stack =
                LocalStack.of(root).settings(settings).progress(console).open();
        DevelopmentServers development = new DevelopmentServers(root);
        development.join(stack, settings);
        Thread ending = new Thread(() -> end(stack, development), "local-stack-end");
        Runtime.getRuntime().addShutdownHook(ending);
        console.say("The local stack starts; data and logs are in " + shown(settings.dataFolder(), root) + ".");
        awaitReady(stack.supervise());
        Map<String, String> addresses = new LinkedHashMap<>();
        stack.servers().stream()
                .filter(server -> server.kind() != ServerKind.ORGANISER)
                .forEach(server -> addresses.put(server.name(), server.address()));
        console.ready(addresses);
        if (!stack.servers(ServerKind.ORGANISER).isEmpty()) {
            awaitReady(stack.superviseOrganisers());
            console.say("");
            console.say("Organisers log in at " + stack.organiser().address());
            stack.firstOrganiser().introduction().forEach(console::say);
        }
        new CountDownLatch(1).await();
    }

    private static void awaitReady(Supervisor supervisor) {
        try {
            supervisor.allReady().join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof StackException reason ? reason : failed;
        }
    }

    private void end(LocalStack stack, DevelopmentServers development) {
        console.say("");
        console.say("Ending, the servers first.");
        try (stack) {
            development.leave();
        } catch (StackException reason) {
            console.say(reason.getMessage());
            Stream.of(reason.getSuppressed()).map(Throwable::getMessage).forEach(console::say);
        }
        console.say("Ended.");
    }

    private static String shown(Path folder, Path root) {
        return folder.startsWith(root) ? root.relativize(folder) + "/" : folder + "/";
    }
}
