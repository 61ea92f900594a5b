package org.votingapp.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.votingapp.runtime.signing.OrganiserLine;
import org.votingapp.stack.data.Secrets;
import org.votingapp.stack.files.FileFailure;
import org.votingapp.stack.files.PrivateFile;
import org.votingapp.stack.terminal.StackException;

/**
 * The administrator that a new data folder gets, with a random password, in a file of organisers to which anybody may add. The
 * file is made where it is absent, and never changed.
 */
final class FirstOrganiser {

    /** The name of the file of organisers in the data folder. */
    static final String FILE = "organisers.txt";
    /** The name of the password among the secrets. */
    static final String SECRET = "organiser.administrator";

    private static final String NAME = OrganiserLine.ADMINISTRATOR;

    private final Path file;
    private final Secrets secrets;
    private boolean isUsed;
    private boolean isNew;

    /** @param folder the data folder */
    FirstOrganiser(Path folder, Secrets secrets) {
        this.file = folder.resolve(FILE);
        this.secrets = secrets;
    }

    /** The file of organisers. */
    Path file() {
        isUsed = true;
        if (!Files.exists(file)) {
            try {
                PrivateFile.write(
                        file,
                        "# Who may log in to the organisers' page: name:role:hash (README.md). The server reads it when it starts.\n"
                                + OrganiserLine.make(NAME, OrganiserLine.ADMINISTRATOR, secrets.get(SECRET))
                                + "\n");
                isNew = true;
            } catch (IOException failed) {
                throw new StackException(
                        "%s cannot be written: %s".formatted(file, FileFailure.reason(failed)), failed);
            }
        }
        return file;
    }

    /**
     * The lines that tell a person how to log in: with the password where it has just been made, and later where it stands; none
     * where somebody else has said who the organisers are.
     */
    List<String> introduction() {
        if (!isUsed) {
            return List.of();
        }
        return isNew
                ? List.of(
                        "  name      " + NAME,
                        "  password  " + secrets.get(SECRET),
                        "The password stands in %s as %s. More organisers can be added to %s."
                                .formatted(secrets.path(), SECRET, file))
                : List.of("The password of %s stands in %s as %s.".formatted(NAME, secrets.path(), SECRET));
    }
}
