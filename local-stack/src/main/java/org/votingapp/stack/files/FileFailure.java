package org.votingapp.stack.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;

/** What went wrong with a file, in words: the JDK's exceptions often say nothing but the file's name. */
public final class FileFailure {

    private FileFailure() {}

    /** The reason, to follow a colon. */
    public static String reason(IOException failure) {
        if (failure instanceof AccessDeniedException denied) {
            return "permission denied for " + denied.getFile();
        }
        if (failure instanceof FileAlreadyExistsException exists) {
            return exists.getFile() + " is not a folder";
        }
        if (failure instanceof NoSuchFileException absent) {
            return absent.getFile() + " is not there";
        }
        return failure.getMessage();
    }
}
