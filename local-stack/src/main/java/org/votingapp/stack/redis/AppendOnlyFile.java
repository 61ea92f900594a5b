package org.votingapp.stack.redis;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.votingapp.stack.files.SmallFile;
import org.votingapp.stack.terminal.StackException;

/**
 * Redis' append-only file (several files in a folder since Redis 7), checked and repaired before Redis reads it.
 *
 * <p>After a power loss the file may end in a cut command or in NUL bytes, which were never forced to the disk. Redis drops
 * the cut command ({@code aof-load-truncated}) and refuses NUL bytes; here they are dropped. No acknowledged command is
 * lost: Redis acknowledges after {@code fsync}, and a command ends with CR LF, never with NUL.
 *
 * <p>Other damage may concern acknowledged commands, and is left to a person.
 */
final class AppendOnlyFile {

    private static final String NAME = "appendonly.aof";
    private static final Pattern LISTED = Pattern.compile("(?m)^file (\\S+) seq \\d+ type ([bih])$");
    private static final int BLOCK = 64 << 10;

    private final Path single;
    private final Path folder;
    private final Path manifest;

    /** The file of a Redis that works in this folder. */
    AppendOnlyFile(Path redis) {
        this.single = redis.resolve(NAME);
        this.folder = redis.resolve("appendonlydir");
        this.manifest = folder.resolve(NAME + ".manifest");
    }

    /** Whether a Redis has ever written here. */
    boolean exists() {
        return Files.exists(single) || Files.exists(folder);
    }

    /**
     * Drops the NUL bytes at the end of the file that Redis wrote last.
     *
     * @return how many there were
     * @throws StackException where Redis would overwrite a file that its manifest does not list
     */
    long repair() throws IOException {
        String text = SmallFile.read(manifest, "Move it away, and see k8s/README.md, \"Redis' file\".")
                .orElse("");
        List<MatchResult> listed = LISTED.matcher(text).results().toList();
        checkEverythingIsListed(listed);
        checkBaseHoldsSomething(listed);
        // Not a base file: its checksum may end with NUL, and Redis forces it to the disk before it counts.
        Optional<Path> last = listed.stream()
                .filter(file -> file.group(2).equals("i"))
                .reduce((former, latter) -> latter)
                .map(file -> folder.resolve(file.group(1)))
                .filter(Files::isRegularFile);
        return last.isPresent() ? dropNulBytesAtTheEndOf(last.get()) : 0;
    }

    /** Where the manifest is gone, or cut between two lines, Redis begins with nothing and overwrites the files. */
    private void checkEverythingIsListed(List<MatchResult> listed) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<String> names = listed.stream().map(file -> file.group(1)).toList();
        boolean base = listed.stream().anyMatch(file -> file.group(2).equals("b"));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                boolean holds = name.startsWith(NAME) && !names.contains(name) && Files.size(file) > 0;
                // A new base file that is not listed yet repeats the listed ones.
                if (holds && (name.endsWith(".incr.aof") || name.contains(".base.") && !base)) {
                    throw new StackException(
                            "%s is damaged: it does not list %s, which Redis would write over. k8s/README.md, \"Redis' file\", tells how to mend it."
                                    .formatted(manifest, name));
                }
            }
        }
    }

    /** Redis never writes an empty base file, and would start with it all the same. */
    private void checkBaseHoldsSomething(List<MatchResult> listed) throws IOException {
        for (MatchResult file : listed) {
            Path path = folder.resolve(file.group(1));
            if (file.group(2).equals("b") && Files.exists(path) && Files.size(path) == 0) {
                throw new StackException(
                        "%s is empty, and was not. k8s/README.md, \"Redis' file\", tells what to do.".formatted(path));
            }
        }
    }

    private static long dropNulBytesAtTheEndOf(Path file) throws IOException {
        try (FileChannel content = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long size = content.size();
            long end = size;
            while (end > 0) {
                ByteBuffer block = ByteBuffer.allocate((int) Math.min(BLOCK, end));
                long start = end - block.capacity();
                while (block.hasRemaining() && content.read(block, start + block.position()) >= 0) {
                    // Until the block is full.
                }
                int kept = block.capacity();
                while (kept > 0 && block.get(kept - 1) == 0) {
                    kept--;
                }
                end = start + kept;
                if (kept > 0) {
                    break;
                }
            }
            // A file of NUL bytes alone may have held acknowledged commands.
            if (end == 0) {
                return 0;
            }
            if (end < size) {
                content.truncate(end);
                content.force(true);
            }
            return size - end;
        }
    }
}
