package org.votingapp.stack.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Random;

/** What a power loss, a full disk or a person may have made of a file. */
public enum Damage {
    EMPTY {
        @Override
        public void doTo(Path file) throws IOException {
            Files.write(file, new byte[0]);
        }
    },
    CUT {
        @Override
        public void doTo(Path file) throws IOException {
            byte[] content = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(content, content.length / 2));
        }
    },
    NUL_BYTES {
        @Override
        public void doTo(Path file) throws IOException {
            Files.write(file, new byte[Math.max(1, (int) Files.size(file))]);
        }
    },
    RANDOM_BYTES {
        @Override
        public void doTo(Path file) throws IOException {
            byte[] rubbish = new byte[Math.max(100, (int) Files.size(file))];
            new Random(24).nextBytes(rubbish);
            Files.write(file, rubbish);
        }
    },
    A_FOLDER {
        @Override
        public void doTo(Path file) throws IOException {
            Files.delete(file);
            Files.createDirectories(file.resolve("something"));
        }
    },
    /** Root may read everything but a link that leads to itself. */
    UNREADABLE {
        @Override
        public void doTo(Path file) throws IOException {
            if (System.getProperty("user.name").equals("root")) {
                Files.delete(file);
                Files.createSymbolicLink(file, file.getFileName());
            } else {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
            }
        }
    };

    /** Damages a file. */
    public abstract void doTo(Path file) throws IOException;

    /** Whether the file can be read, and holds something else. */
    public boolean isOfContent() {
        return ordinal() < A_FOLDER.ordinal();
    }
}
