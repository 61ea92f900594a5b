package org.votingapp.stack.postgres;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;
import org.votingapp.stack.files.Checksum;
import org.votingapp.stack.files.PackedVersion;
import org.votingapp.stack.files.SealedFolder;

/** The Postgres programs of the embedded distribution, unpacked once. */
final class PostgresBinaries {

    private static final int OWNER_EXECUTE = 0100;

    private final String version = PackedVersion.of(PostgresPart.NAME);
    private final Path folder;

    PostgresBinaries(Path cache) {
        this.folder = cache.resolve("postgres-" + version);
    }

    /** The major version, such as {@code 18}; another one cannot read its data. */
    String majorVersion() {
        return version.substring(0, version.indexOf('.'));
    }

    Path program(String name) {
        return folder.resolve("bin").resolve(name);
    }

    /** Whether they exist undamaged. */
    boolean areUnpacked() {
        return Checksum.isWhole(folder);
    }

    void unpack() throws IOException {
        Files.createDirectories(folder.getParent());
        Path next = Files.createTempDirectory(folder.getParent(), "postgres");
        try (InputStream packed = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
                        System.getProperty("os.name").startsWith("Mac") ? "Darwin" : System.getProperty("os.name"),
                        System.getProperty("os.arch"));
                TarArchiveInputStream archive = new TarArchiveInputStream(new XZInputStream(packed))) {
            for (TarArchiveEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                unpack(entry, archive, next);
            }
        }
        SealedFolder.put(next, folder);
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path into) throws IOException {
        Path file = into.resolve(entry.getName()).normalize();
        if (!file.startsWith(into)) {
            throw new IOException("an entry leads out of the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, file);
            if ((entry.getMode() & OWNER_EXECUTE) != 0) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }
}
