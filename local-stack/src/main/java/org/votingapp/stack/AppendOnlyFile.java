package org.votingapp.stack;

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

/**
 * Redis' append-only file, a folder of several since Redis 7, looked at before Redis reads it.
 *
 * <p>Redis acknowledges a command after {@code fsync}, and the end of a file that was never forced to the disk may be cut,
 * or NUL bytes, after a power loss. Redis drops a command that was cut ({@code aof-load-truncated}) and refuses NUL bytes;
 * they are dropped here. No command ends with one (it ends with CR LF), and where the disk kept what was forced to it,
 * whatever was acknowledged stands before them, whole: nothing acknowledged is lost, and nothing but NUL bytes is deleted.
 * Anything else that is damaged may have been acknowledged, and is left to a person.
 */
final class AppendOnlyFile {

    private static final String NAME = "appendonly.aof";
    private static final Pattern LISTED = Pattern.compile("(?m)^file (\\S+) seq \\d+ type ([bih])$");
    private static final int BLOCK = 64 << 10;

    private final Path single;
    private final Path folder;
    private final Path manifest;

    /** Of a Redis that works in this folder. */
    AppendOnlyFile(Path redis) {
        this.single = redis.resolve(NAME);
        this.folder = redis.resolve("appendonlydir");
        this.manifest = folder.resolve(NAME + ".manifest");
    }

    /** Whether a Redis has ever kept anything. */
    boolean exists() {
        return Files.exists(single) || Files.exists(folder);
    }

    /**
     * Drops the NUL bytes at the end of the file that Redis wrote last; how many there were.
     *
     * @throws StackException where Redis would write over what it does not find in its manifest
     */
    long repair() throws IOException {
        String text = SmallFile.read(manifest, "Move it away, and see k8s/README.md, \"Redis' file\".")
                .orElse("");
        List<MatchResult> listed = LISTED.matcher(text).results().toList();
        checkEverythingIsListed(listed);
        checkBaseHoldsSomething(listed);
        // Base files end with a checksum, in which there may be NUL bytes, and are forced to the disk before they
        // count.
        Optional<Path> last = listed.stream()
                .filter(file -> file.group(2).equals("i"))
                .reduce((former, latter) -> latter)
                .map(file -> folder.resolve(file.group(1)))
                .filter(Files::isRegularFile);
        return last.isPresent() ? dropNulBytesAtTheEndOf(last.get()) : 0;
    }

    /** Redis begins with nothing, and overwrites what is there, where its manifest is gone or cut between two lines. */
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
                // A new base file that is not listed yet repeats what the listed ones say.
                if (holds && (name.endsWith(".incr.aof") || name.contains(".base.") && !base)) {
                    throw new StackException(
                            "%s is damaged: it does not list %s, which Redis would write over. k8s/README.md, \"Redis' file\", tells how to mend it."
                                    .formatted(manifest, name));
                }
            }
        }
    }

    /** An empty one is none that Redis writes, and no reason to it not to begin without. */
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
            // A file of nothing else held something that may have been acknowledged, and is left to a person.
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
