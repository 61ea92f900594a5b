package org.votingapp.runtime.signing;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A program for operators: makes the line of {@code ORGANISERS} for one more organiser ({@link OrganiserLine}) and adds it to a
 * file, or prints it where none is named. {@code mvn -Porganiser} runs it.
 *
 * <p>It reads the password from the terminal without showing it, or the first line of standard input. A password never is an
 * argument, since other users of the machine see those.
 */
public final class NewOrganiser {

    private static final int MOST_ARGUMENTS = 3;

    private NewOrganiser() {}

    /** Makes the line for a name and a role. */
    public static void main(String[] arguments) throws IOException {
        // Maven hands on what is empty as null.
        List<String> given = Stream.of(arguments).filter(Objects::nonNull).toList();
        if (given.size() < 2
                || given.size() > MOST_ARGUMENTS
                || !OrganiserLine.NAME.matcher(given.get(0)).matches()
                || !List.of(OrganiserLine.ORGANISER, OrganiserLine.ADMINISTRATOR)
                        .contains(given.get(1))) {
            fail("""
                    Usage: mvn -q -Porganiser -pl voting-runtime -am -Dname=NAME -Drole=organiser|administrator [-Dfile=FILE]
                    NAME begins with a letter or digit of a-z, 0-9, and has at most 64 of those and of . _ @ + -""");
        }
        String password = password();
        new PasswordRule().fault(given.get(0), password).ifPresent(NewOrganiser::fail);
        String line = OrganiserLine.make(given.get(0), given.get(1), password);
        if (given.size() < MOST_ARGUMENTS) {
            System.out.println(line);
        } else {
            append(Path.of(given.get(2)), line);
            System.out.println(given.get(0) + " can log in once the organiser server has been started again.");
        }
    }

    private static void append(Path file, String line) throws IOException {
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        String before = Files.readString(file);
        boolean cut = !before.isEmpty() && !before.endsWith("\n");
        Files.writeString(file, (cut ? "\n" : "") + line + "\n", StandardOpenOption.APPEND);
    }

    private static String password() throws IOException {
        Console terminal = System.console();
        if (terminal == null) {
            BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            String line = input.readLine();
            return line == null ? "" : line;
        }
        String password = new String(terminal.readPassword("Password: "));
        if (!password.equals(new String(terminal.readPassword("The same again: ")))) {
            fail("The two differ.");
        }
        return password;
    }

    private static void fail(String reason) {
        System.err.println(reason);
        System.exit(1);
    }
}
