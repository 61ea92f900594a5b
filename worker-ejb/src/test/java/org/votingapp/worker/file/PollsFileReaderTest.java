package org.votingapp.worker.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.votingapp.poll.PollOption;
import org.votingapp.poll.ResultsRule;
import org.votingapp.poll.RevoteRule;
import org.votingapp.poll.RoomCode;

class PollsFileReaderTest {

    static final String VALID = """
            rooms:
              - code: kxt4m7
                title: Town hall
                stage: lunch
                polls:
                  - question: "  When do we leave? "
                    options: [Yes, no, "2"]
                  - id: lunch
                    question: Wo essen wir?
                    language: DE
                    options: [Pizza, Sushi, "Salat, gemischt"]
                    revote: changeable
                    results: voted
                    opens: 2027-03-01T09:00:00Z
                    closes: 2027-03-01T12:00:00+01:00
              - title: Annex
                polls:
                  - question: When do we leave?
                    options: &times
                      - At noon
                      - At 1
                  - question: And tomorrow?
                    options: *times
            """;

    @Test
    void whatAFileSaysIsRead() throws PollsFileException {
        PollPlan leave = poll(Optional.empty(), "When do we leave?", "Yes", "no", "2");
        PollPlan lunch = new PollPlan(
                Optional.of("lunch"),
                "Wo essen wir?",
                "de",
                options("Pizza", "Sushi", "Salat, gemischt"),
                RevoteRule.CHANGEABLE,
                ResultsRule.VOTED,
                Optional.of(Instant.parse("2027-03-01T09:00:00Z")),
                Optional.of(Instant.parse("2027-03-01T11:00:00Z")));
        assertThat(read(VALID).rooms())
                .containsExactly(
                        new RoomPlan(
                                Optional.of(new RoomCode("KXT4M7")),
                                "Town hall",
                                Optional.of("lunch"),
                                List.of(leave, lunch)),
                        new RoomPlan(
                                Optional.empty(),
                                "Annex",
                                Optional.empty(),
                                List.of(
                                        poll(Optional.empty(), "When do we leave?", "At noon", "At 1"),
                                        poll(Optional.empty(), "And tomorrow?", "At noon", "At 1"))));
    }

    @Test
    void aFileMayHaveNoRooms() throws PollsFileException {
        assertThat(read("rooms: []")).isEqualTo(PollsFile.EMPTY);
        assertThat(read("\uFEFF---\n# none yet\nrooms: []\n...\n")).isEqualTo(PollsFile.EMPTY);
    }

    /** YAML 1.1 took them for booleans and a number, and so do many readers; with quotes every reader takes them for text. */
    @Test
    void whatYaml12TakesForTextNeedsNoQuotes() throws PollsFileException {
        assertThat(read(room("{language: no, question: on, options: [yes, No, off, y, 12:30, 0b1, 1_000]}"))
                        .rooms()
                        .get(0)
                        .polls())
                .singleElement()
                .satisfies(poll -> {
                    assertThat(poll.language()).isEqualTo("no");
                    assertThat(poll.question()).isEqualTo("on");
                    assertThat(poll.options()).isEqualTo(options("yes", "No", "off", "y", "12:30", "0b1", "1_000"));
                });
    }

    @ParameterizedTest
    @MethodSource("brokenFiles")
    void aMistakeIsToldWithItsPlaceAndWhatWouldBeRight(String yaml, List<String> mistakes) {
        assertThat(mistakes(yaml)).isEqualTo(mistakes);
    }

    static Stream<Arguments> brokenFiles() {
        return Stream.of(
                // No YAML, or not this one.
                broken("", "line 1, column 1: the file is empty; without rooms it must be \"rooms: []\""),
                broken("# nothing", "line 1, column 1: the file is empty; without rooms it must be \"rooms: []\""),
                broken("hello", "line 1, column 1: the file is \"hello\"; it must be a mapping with rooms"),
                broken("[]", "line 1, column 1: the file is a list; it must be a mapping with rooms"),
                broken(
                        "rooms:",
                        "line 1, column 7: rooms is empty; it must be a list of up to 1000 rooms, each after a hyphen"),
                broken(
                        "polls: []",
                        "line 1, column 1: polls is no field of the file; it has rooms",
                        "line 1, column 1: the file has no rooms, which must be a list of up to 1000 rooms, each after a hyphen"),
                broken(
                        "rooms: []\n---\nrooms: []",
                        "line 2, column 1: the file is not YAML: but found another document (expected a single document in the stream)"),
                broken(
                        "rooms:\n  - title: A: b",
                        "line 2, column 13: the file is not YAML: mapping values are not allowed here"),
                broken(
                        "rooms:\n\t- title: A",
                        "line 2, column 1: the file is not YAML: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation) (while scanning for the next token)"),
                broken(
                        "rooms: [",
                        "line 1, column 9: the file is not YAML: expected the node content, but found '<stream end>' (while parsing a flow node)"),
                broken(
                        "rooms: \"",
                        "line 1, column 9: the file is not YAML: found unexpected end of stream (while scanning a quoted scalar)"),
                broken("rooms: *none", "line 1, column 8: the file is not YAML: found undefined alias none"),
                broken("rooms: 🐈 \u0007", "line 1, column 10: the file has U+0007, which YAML does not allow"),
                broken("a: b\nrooms: 🐈\uD800", "line 2, column 9: the file has U+D800, which YAML does not allow"),
                broken(
                        "%YAML 2.0\n---\nrooms: []",
                        "line 1, column 1: the file is not YAML: Version{major=2, minor=0}"),
                broken(
                        "rooms: !!set {a, b}",
                        "line 1, column 8: rooms has the tag tag:yaml.org,2002:set; it must be a list of up to 1000 rooms, each after a hyphen"),
                broken(
                        "rooms: [!room {title: A}]",
                        "line 1, column 9: rooms[0] has the tag !room; it must be a mapping with code, title, stage and polls"),
                broken(
                        "rooms: [!!java.net.URL [http://example.org]]",
                        "line 1, column 9: rooms[0] has the tag tag:yaml.org,2002:java.net.URL; it must be a mapping with code, title, stage and polls"),
                broken(
                        "? [a]\n: b\nrooms: []",
                        "line 1, column 3: the file has a name that is a list; it must be text"),
                broken(
                        "? {a: b}\n: b\nrooms: []",
                        "line 1, column 3: the file has a name that is a mapping; it must be text"),
                broken(
                        "rooms: [[[[[[[[[[]]]]]]]]]]",
                        "line 1, column 17: the file nests lists and mappings deeper than 10"),
                // Rooms.
                broken(
                        "rooms: [Town hall]",
                        "line 1, column 9: rooms[0] is \"Town hall\"; it must be a mapping with code, title, stage and polls"),
                broken(
                        "rooms: [null]",
                        "line 1, column 9: rooms[0] is empty; it must be a mapping with code, title, stage and polls"),
                broken(
                        "rooms: [{}]",
                        "line 1, column 9: rooms[0] has no title, which must be 1 to 100 characters of text",
                        "line 1, column 9: rooms[0] has no polls, which must be a list of 1 to 100 polls, each after a hyphen"),
                broken(
                        room("").replace("title: T", "titel: T"),
                        "line 2, column 5: rooms[0].titel is no field of a room; did you mean title?"),
                broken(
                        room("").replace("title: T", "42: T"),
                        "line 2, column 5: rooms[0].42 is no field of a room; it has code, title, stage and polls",
                        "line 2, column 5: rooms[0] has no title, which must be 1 to 100 characters of text"),
                broken(
                        room("").replace("title: T", "title: T\n    <<: {code: KXT4M7}"),
                        "line 3, column 5: rooms[0].<< is no field of a room; it has code, title, stage and polls"),
                broken(
                        room("").replace("title: T", "title: T\n    title: U"),
                        "line 3, column 5: rooms[0].title stands there twice, first in line 2; remove one"),
                broken(
                        room("").replace("title: T", "title: 2027"),
                        "line 2, column 12: rooms[0].title is the number 2027; it must be text, so quote it: \"2027\""),
                broken(
                        room("").replace("title: T", "title: true"),
                        "line 2, column 12: rooms[0].title is the boolean true; it must be text, so quote it: \"true\""),
                broken(
                        room("").replace("title: T", "title:"),
                        "line 2, column 11: rooms[0].title is empty; it must be 1 to 100 characters of text on one line; it shows nothing"),
                broken(
                        room("").replace("title: T", "title: ~"),
                        "line 2, column 12: rooms[0].title is empty; it must be text, so quote it: \"~\""),
                broken(
                        room("").replace("title: T", "title: ''"),
                        "line 2, column 12: rooms[0].title is \"\"; it must be 1 to 100 characters of text on one line; it shows nothing"),
                broken(
                        room("").replace("title: T", "title: [T]"),
                        "line 2, column 12: rooms[0].title is a list; it must be text"),
                broken(
                        room("").replace("title: T", "title: {T: U}"),
                        "line 2, column 12: rooms[0].title is a mapping; it must be text"),
                broken(
                        room("").replace("title: T", "title: !!int 'T'"),
                        "line 2, column 12: rooms[0].title is the number T; it must be text, so quote it: \"T\""),
                broken(
                        room("").replace("title: T", "title: |\n      two\n      lines"),
                        "line 2, column 12: rooms[0].title is \"two<U+000A>lines<U+000A>\"; it must be 1 to 100 characters of text on one line; it has U+000A"),
                broken(
                        room("").replace("title: T", "title: " + "x".repeat(101)),
                        "line 2, column 12: rooms[0].title is \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx… (101 characters)\"; it must be 1 to 100 characters of text on one line; it has 101 characters"),
                broken(
                        room("").replace("title: T", "title: T\n    code: KXT4M0"),
                        "line 3, column 11: rooms[0].code is \"KXT4M0\"; it must be 6 characters of 23456789BCDFGHJKMNPQRSTVWXZ, such as KXT4M7"),
                broken(
                        room("").replace("title: T", "title: T\n    code: 234567"),
                        "line 3, column 11: rooms[0].code is the number 234567; it must be text, so quote it: \"234567\""),
                broken(
                        room("").replace("title: T", "title: T\n    code: house"),
                        "line 3, column 11: rooms[0].code is \"house\"; it must be 6 characters of 23456789BCDFGHJKMNPQRSTVWXZ, such as KXT4M7"),
                broken(
                        "rooms: [{title: T}]",
                        "line 1, column 9: rooms[0] has no polls, which must be a list of 1 to 100 polls, each after a hyphen"),
                broken(
                        "rooms: [{title: T, polls: []}]",
                        "line 1, column 27: rooms[0].polls has 0 items; it must be a list of 1 to 100 polls, each after a hyphen"),
                broken(
                        "rooms: [{title: T, polls: lunch}]",
                        "line 1, column 27: rooms[0].polls is \"lunch\"; it must be a list of 1 to 100 polls, each after a hyphen"),
                broken(
                        "rooms: [{title: T, polls: {id: lunch}}]",
                        "line 1, column 27: rooms[0].polls is a mapping; it must be a list of 1 to 100 polls, each after a hyphen"),
                broken(
                        "rooms: [{title: T, polls: [{id: a, question: Q, options: [A, B]}], stage: tea}]",
                        "line 1, column 75: rooms[0].stage is \"tea\"; it must be the id of one of the room's polls: a"),
                broken(
                        "rooms: [{title: T, polls: [{question: Q, options: [A, B]}], stage: tea}]",
                        "line 1, column 68: rooms[0].stage is \"tea\"; it must be the id of one of the room's polls, and none of them has one"),
                broken(
                        "rooms: [{title: T, polls: [{question: Q, options: [A, B]}], stage: Lunch time}]",
                        "line 1, column 68: rooms[0].stage is \"Lunch time\"; it must be 1 to 63 lower-case letters, digits and hyphens, such as cats-vs-dogs"),
                // Polls.
                broken(
                        room("Q"),
                        "line 4, column 9: rooms[0].polls[0] is \"Q\"; it must be a mapping with id, question, language, options, revote, results, opens and closes"),
                broken(
                        room("{}"),
                        "line 4, column 9: rooms[0].polls[0] has no question, which must be 1 to 200 characters of text",
                        "line 4, column 9: rooms[0].polls[0] has no options, which must be a list of 2 to 10 labels, such as [Cats, Dogs]"),
                broken(
                        room("{question: Q, answers: [A, B]}"),
                        "line 4, column 9: rooms[0].polls[0] has no options, which must be a list of 2 to 10 labels, such as [Cats, Dogs]",
                        "line 4, column 23: rooms[0].polls[0].answers is no field of a poll; it has id, question, language, options, revote, results, opens and closes"),
                broken(
                        room("{question: Q, option: [A, B]}"),
                        "line 4, column 23: rooms[0].polls[0].option is no field of a poll; did you mean options?"),
                broken(
                        room("{question: Q, options: [A]}"),
                        "line 4, column 32: rooms[0].polls[0].options has 1 item; it must be a list of 2 to 10 labels, such as [Cats, Dogs]"),
                broken(
                        room("{question: Q, options: [1,2,3,4,5,6,7,8,9,10,11]}"),
                        "line 4, column 32: rooms[0].polls[0].options has 11 items; it must be a list of 2 to 10 labels, such as [Cats, Dogs]"),
                broken(
                        room("{question: Q, options: 'A, B'}"),
                        "line 4, column 32: rooms[0].polls[0].options is \"A, B\"; it must be a list of 2 to 10 labels, such as [Cats, Dogs]"),
                broken(
                        room("{question: Q, options: {a: A, b: B}}"),
                        "line 4, column 32: rooms[0].polls[0].options is a mapping; it must be a list of 2 to 10 labels, such as [Cats, Dogs]"),
                broken(
                        room("{question: Q, options: [A, A ]}"),
                        "line 4, column 32: rooms[0].polls[0].options is \"A, A\"; it must be labels that differ from each other"),
                broken(
                        room("{question: Q, options: [1, 2.5]}"),
                        "line 4, column 33: rooms[0].polls[0].options[0] is the number 1; it must be text, so quote it: \"1\"",
                        "line 4, column 36: rooms[0].polls[0].options[1] is the number 2.5; it must be text, so quote it: \"2.5\""),
                broken(
                        room("{question: Q, options: [true, False]}"),
                        "line 4, column 33: rooms[0].polls[0].options[0] is the boolean true; it must be text, so quote it: \"true\"",
                        "line 4, column 39: rooms[0].polls[0].options[1] is the boolean False; it must be text, so quote it: \"False\""),
                broken(
                        room("{question: Q, options: [A, '']}"),
                        "line 4, column 36: rooms[0].polls[0].options[1] is \"\"; it must be 1 to 100 characters of text on one line; it shows nothing"),
                broken(
                        room("{question: Q, options: [A, [B]]}"),
                        "line 4, column 36: rooms[0].polls[0].options[1] is a list; it must be text"),
                broken(
                        room("{question: Q, options: [A, B], id: Lunch}"),
                        "line 4, column 44: rooms[0].polls[0].id is \"Lunch\"; it must be 1 to 63 lower-case letters, digits and hyphens, such as cats-vs-dogs"),
                broken(
                        room("{question: Q, options: [A, B], id: 2027}"),
                        "line 4, column 44: rooms[0].polls[0].id is the number 2027; it must be text, so quote it: \"2027\""),
                broken(
                        room("{question: Q, options: [A, B], id: cats-vs-dogs}"),
                        "line 4, column 44: rooms[0].polls[0].id is \"cats-vs-dogs\"; it must be another id than POLL_ID, the id of the house room's poll"),
                broken(
                        room("{question: Q, options: [A, B], language: klingonese}"),
                        "line 4, column 50: rooms[0].polls[0].language is \"klingonese\"; it must be a language tag (BCP 47) of at most 35 characters, such as en, pt-BR or zh-Hant"),
                broken(
                        room("{question: Q, options: [A, B], revote: yes}"),
                        "line 4, column 48: rooms[0].polls[0].revote is \"yes\"; it must be final (the first vote stands) or changeable (the newest stands)"),
                broken(
                        room("{question: Q, options: [A, B], revote: false}"),
                        "line 4, column 48: rooms[0].polls[0].revote is the boolean false; it must be final (the first vote stands) or changeable (the newest stands)"),
                broken(
                        room("{question: Q, options: [A, B], results:}"),
                        "line 4, column 48: rooms[0].polls[0].results is empty; it must be live (always shown), voted (to voters), closed (when final) or organiser (when revealed)"),
                broken(
                        room("{question: Q, options: [A, B], results: [live]}"),
                        "line 4, column 49: rooms[0].polls[0].results is a list; it must be text"),
                broken(
                        room("{question: Q, options: [A, B], results: hidden}"),
                        "line 4, column 49: rooms[0].polls[0].results is \"hidden\"; it must be live (always shown), voted (to voters), closed (when final) or organiser (when revealed)"),
                broken(
                        room("{question: Q, options: [A, B], opens: tomorrow}"),
                        "line 4, column 47: rooms[0].polls[0].opens is \"tomorrow\"; it must be an ISO 8601 time with an offset, such as 2027-03-01T09:00:00Z, from the year 0001 to 9999"),
                broken(
                        room("{question: Q, options: [A, B], opens: 2027-03-01}"),
                        "line 4, column 47: rooms[0].polls[0].opens is \"2027-03-01\"; it must be an ISO 8601 time with an offset, such as 2027-03-01T09:00:00Z, from the year 0001 to 9999"),
                broken(
                        room("{question: Q, options: [A, B], opens: 2027-03-01 09:00:00Z}"),
                        "line 4, column 47: rooms[0].polls[0].opens is \"2027-03-01 09:00:00Z\"; it must be an ISO 8601 time with an offset, such as 2027-03-01T09:00:00Z, from the year 0001 to 9999"),
                broken(
                        room("{question: Q, options: [A, B], closes: '2027-03-01T09:00:00'}"),
                        "line 4, column 48: rooms[0].polls[0].closes is \"2027-03-01T09:00:00\"; it must be an ISO 8601 time with an offset, such as 2027-03-01T09:00:00Z, from the year 0001 to 9999"),
                broken(
                        room(
                                "{question: Q, options: [A, B], opens: 2027-03-01T09:00:00Z, closes: 2027-03-01T10:00:00+01:00}"),
                        "line 4, column 77: rooms[0].polls[0].closes is \"2027-03-01T09:00:00Z\"; it must be later than opens, which is 2027-03-01T09:00:00Z"),
                // Twice.
                broken(
                        """
                        rooms:
                          - {code: KXT4M7, title: A, polls: [{id: lunch, question: Q, options: [A, B]}]}
                          - {code: kxt4m7, title: A, polls: [{id: lunch, question: Q, options: [A, B]}]}
                        """,
                        "line 3, column 12: rooms[1].code is \"KXT4M7\", as rooms[0].code in line 2; it must be a code that no other room has",
                        "line 3, column 43: rooms[1].polls[0].id is \"lunch\", as rooms[0].polls[0].id in line 2; it must be an id that no other poll of the file has"),
                broken(
                        """
                        rooms:
                          - title: Café
                            polls: [{question: Q, options: [A, B]}, {id: q, question: Q, options: [A, B]}]
                          - title: Cafe\u0301
                            polls: [{question: Q, options: [A, B]}, {question: Q, options: [A, B]}]
                        """,
                        "line 4, column 12: rooms[1].title is \"Café\", as rooms[0].title in line 2; it must be another title, since a room without a code is known by its title",
                        "line 5, column 56: rooms[1].polls[1].question is \"Q\", as rooms[1].polls[0].question in line 5; it must be another question, since a poll without an id is known by its question"));
    }

    @Test
    void allMistakesAreToldTogetherInTheFilesOrder() {
        assertThat(mistakes("""
                rooms:
                  - titel: A
                    stage: tea
                    polls:
                      - question: Q
                        options: [1]
                        revote: never
                  - title: B
                """))
                .containsExactly(
                        "line 2, column 5: rooms[0].titel is no field of a room; did you mean title?",
                        "line 3, column 12: rooms[0].stage is \"tea\"; it must be the id of one of the room's polls, and none of them has one",
                        "line 6, column 18: rooms[0].polls[0].options has 1 item; it must be a list of 2 to 10 labels, such as [Cats, Dogs]",
                        "line 7, column 17: rooms[0].polls[0].revote is \"never\"; it must be final (the first vote stands) or changeable (the newest stands)",
                        "line 8, column 5: rooms[1] has no polls, which must be a list of 1 to 100 polls, each after a hyphen");
    }

    @Test
    void notMoreThanTwentyMistakesAreTold() {
        assertThat(mistakes("rooms: [" + "{},".repeat(1_000) + "]"))
                .hasSize(21)
                .endsWith("There may be more: these are the first 20.");
    }

    private static Arguments broken(String yaml, String... mistakes) {
        return arguments(yaml, List.of(mistakes));
    }

    static List<String> mistakes(String yaml) {
        return catchThrowableOfType(PollsFileException.class, () -> read(yaml)).mistakes();
    }

    static PollsFile read(String yaml) throws PollsFileException {
        return PollsFileReader.read(yaml, "cats-vs-dogs");
    }

    /** A file of one room with one poll, the mapping in line 4. */
    static String room(String poll) {
        return """
                rooms:
                  - title: T
                    polls:
                      - %s
                """.formatted(poll.isEmpty() ? "{question: Q, options: [A, B]}" : poll);
    }

    private static PollPlan poll(Optional<String> id, String question, String... labels) {
        return new PollPlan(
                id,
                question,
                "en",
                options(labels),
                RevoteRule.FINAL,
                ResultsRule.LIVE,
                Optional.empty(),
                Optional.empty());
    }

    private static List<PollOption> options(String... labels) {
        return IntStream.range(0, labels.length)
                .mapToObj(i -> new PollOption(String.valueOf((char) ('a' + i)), labels[i]))
                .toList();
    }
}
