package org.votingapp.worker.file;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.votingapp.worker.file.PollsFileReaderTest.mistakes;
import static org.votingapp.worker.file.PollsFileReaderTest.read;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No file takes long, or ends in anything but polls or mistakes. */
class PollsFileLimitsTest {

    /** More than ten times what the slowest of these takes when nothing else runs. */
    private static final Duration SOON = Duration.ofSeconds(20);

    private static final int LARGE = 1 << 19;

    private static final List<String> PIECES = Stream.of(
                    "rooms:",
                    "polls:",
                    "options:",
                    "title",
                    "stage: lunch",
                    "id: lunch",
                    "- ",
                    "  ",
                    "\n",
                    ": ",
                    "? ",
                    "[",
                    "]",
                    "{",
                    "}",
                    ",",
                    "&a ",
                    "*a",
                    "!!str ",
                    "!x ",
                    "<<: *a",
                    "'",
                    "\"",
                    "|",
                    ">-",
                    "#",
                    "---\n",
                    "...",
                    "%YAML 1.2",
                    "%TAG ! x",
                    "\t",
                    "\\x",
                    "\\U00110000",
                    "~",
                    "null",
                    "true",
                    "1e9",
                    "0x1",
                    "2027-03-01T09:00:00Z",
                    "@",
                    "`",
                    "\r",
                    "\u0085",
                    "\u2028",
                    "\uFEFF",
                    "\u0000",
                    "🐈",
                    "\uD800",
                    "%",
                    "é")
            .toList();

    @Test
    void tenThousandPollsInAThousandRoomsAreRead() {
        String file = file(1_000, 10, 10);
        assertThat(file.length()).isGreaterThan(2_000_000);
        PollsFile read = assertTimeoutPreemptively(SOON, () -> read(file));
        assertThat(read.rooms())
                .hasSize(1_000)
                .allSatisfy(room -> assertThat(room.polls()).hasSize(10));
    }

    @Test
    void moreOfThemAreRefused() {
        assertThat(mistakes(file(1_001, 1, 2)))
                .containsExactly(
                        "line 2, column 3: rooms has 1001 items; it must be a list of up to 1000 rooms, each after a hyphen");
        assertThat(mistakes(file(1, 101, 2)))
                .singleElement()
                .asString()
                .endsWith("rooms[0].polls has 101 items; it must be a list of 1 to 100 polls, each after a hyphen");
        assertThat(mistakes(file(1_000, 11, 2)))
                .singleElement()
                .asString()
                .endsWith("rooms[909].polls[1] is one poll too many; the file may have 10000");
    }

    /** Each of them is large, or would be if its aliases were written out. */
    static Stream<String> bombs() {
        return Stream.of(
                "a0: &a0 [x]\n"
                        + IntStream.rangeClosed(1, 90)
                                .mapToObj(i -> "a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(10)))
                                .collect(joining()),
                "a0: &a0 {x: y}\n"
                        + IntStream.rangeClosed(1, 90)
                                .mapToObj(i ->
                                        "a%d: &a%d {<<: [%s]}\n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(10)))
                                .collect(joining()),
                "a: &a [" + "x,".repeat(50_000) + "]\nrooms: [" + "{polls: [{options: *a}]},".repeat(999) + "]",
                "a: &a {"
                        + IntStream.range(0, 50_000)
                                .mapToObj(i -> "k" + i + ": v,")
                                .collect(joining()) + "}\nrooms: [" + "*a,".repeat(999) + "]",
                "rooms: [&a {title: T, polls: [*a]}]",
                "rooms: &a [*a]",
                "rooms: [" + "*a,".repeat(2_000) + "]",
                "a: &a []\nrooms: [" + "*a,".repeat(2_000) + "]",
                "[".repeat(LARGE),
                "{".repeat(LARGE),
                "- ".repeat(LARGE),
                "? ".repeat(LARGE),
                "[" + "?,".repeat(LARGE / 2),
                "\n".repeat(LARGE),
                " ".repeat(LARGE),
                "#".repeat(LARGE),
                "x".repeat(LARGE),
                "x ".repeat(LARGE),
                "x\n ".repeat(LARGE / 2),
                "'" + "x".repeat(LARGE),
                "\"" + "\\n".repeat(LARGE),
                "\"" + "x\n\n".repeat(LARGE / 2),
                "rooms: |\n" + " x\n".repeat(LARGE / 2),
                "&" + "a".repeat(LARGE),
                "!<" + "a".repeat(LARGE),
                "%TAG ! " + "a".repeat(LARGE),
                "%YAML " + "1".repeat(LARGE),
                "x".repeat(LARGE / 2) + ": y",
                "rooms: [{title: '" + "\u0301".repeat(LARGE) + "'}]",
                "rooms: [{title: T, code: '" + "2".repeat(LARGE) + "'}]",
                "rooms: [{title: T, polls: [{opens: '" + "2".repeat(LARGE) + "'}]}]",
                "rooms: [{title: T, polls: [{opens: " + "2".repeat(LARGE) + "}]}]",
                "rooms: [{title: T, polls: [{language: '" + "a-".repeat(LARGE) + "'}]}]");
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void noFileTakesLongOrMakesAMessageThatNobodyReads(String bomb) {
        assertThat(assertTimeoutPreemptively(SOON, () -> mistakes(bomb)))
                .isNotEmpty()
                .allSatisfy(mistake -> assertThat(mistake).hasSizeLessThan(500).doesNotContain("\n"));
    }

    /** Anything but a {@link PollsFileException} fails it. */
    @Property(tries = 1_000)
    void whateverIsWrongWithAFileIsAMistake(@ForAll("damaged") String file) {
        try {
            assertThat(read(file).rooms()).hasSizeLessThan(10);
        } catch (PollsFileException wrong) {
            assertThat(wrong.mistakes())
                    .hasSizeBetween(1, 21)
                    .allSatisfy(mistake ->
                            assertThat(mistake).matches("(?s)line [0-9]+, column [0-9]+: .+|There may be more.+"));
        }
    }

    /** The valid file, in which some pieces were replaced, left out or put in. */
    @Provide
    Arbitrary<String> damaged() {
        return Arbitraries.longs().map(seed -> {
            Random random = new Random(seed);
            StringBuilder file = new StringBuilder(PollsFileReaderTest.VALID);
            for (int slips = 1 + random.nextInt(4); slips > 0; slips--) {
                int from = random.nextInt(file.length());
                int to = Math.min(file.length(), from + random.nextInt(5));
                file.replace(from, to, PIECES.get(random.nextInt(PIECES.size())));
            }
            return file.toString();
        });
    }

    private static String file(int rooms, int polls, int labels) {
        String options = "["
                + IntStream.range(0, labels).mapToObj(i -> "Option number " + i).collect(joining(", ")) + "]";
        StringBuilder file = new StringBuilder("rooms:\n");
        for (int room = 0; room < rooms; room++) {
            file.append("  - title: Room %d\n    polls:\n".formatted(room));
            for (int poll = 0; poll < polls; poll++) {
                file.append("      - question: Question %d?\n        options: %s\n".formatted(poll, options));
            }
        }
        return file.toString();
    }
}
