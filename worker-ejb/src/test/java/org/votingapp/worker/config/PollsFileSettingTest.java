package org.votingapp.worker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.votingapp.runtime.settings.InvalidSettingException;
import org.votingapp.runtime.settings.Settings;
import org.votingapp.worker.file.PollsFile;
import org.votingapp.worker.file.RoomPlan;

class PollsFileSettingTest {

    @TempDir
    private Path folder;

    @Test
    void withoutAFileThereIsNothingToSeed() {
        assertThat(read("")).isEqualTo(PollsFile.EMPTY);
    }

    /** The example of docs/configuration.md. */
    @Test
    void theExampleInTheDocumentsIsValid() throws IOException {
        String document = Files.readString(Path.of("../docs/configuration.md"));
        String example = document.substring(
                document.indexOf("```yaml\n") + 8, document.indexOf("```\n", document.indexOf("```yaml")));
        assertThat(read(file(example)).rooms()).extracting(RoomPlan::title).containsExactly("Town hall", "Annex");
    }

    @Test
    void eachMistakeIsALineOfTheMessage() throws IOException {
        String file = file("rooms:\n  - titel: A\n    polls: []\n");
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("POLLS_FILE is \"" + file + """
                        "; it must be a file without these mistakes:
                          line 2, column 5: rooms[0].titel is no field of a room; did you mean title?
                          line 3, column 12: rooms[0].polls has 0 items; it must be a list of 1 to 100 polls, each after a hyphen""");
    }

    @Test
    void noPollHasTheIdOfTheHouseRoomsPoll() throws IOException {
        String file = file("rooms: [{title: A, polls: [{id: pets, question: Q, options: [A, B]}]}]");
        assertThatThrownBy(() -> read(file))
                .hasMessageEndingWith(
                        "rooms[0].polls[0].id is \"pets\"; it must be another id than POLL_ID, the id of the house room's poll");
    }

    @Test
    void whatIsNoTextFileOfItsSizeIsRefused() throws IOException {
        refused(folder.resolve("none.yaml").toString(), "there is no such file");
        refused(folder.toString(), "there is no such file");
        refused("/dev/zero", "there is no such file");
        refused("polls.yaml", "there is no such file");
        Path other = Files.write(folder.resolve("other.yaml"), new byte[] {'#', (byte) 0xFC});
        refused(other.toString(), "this one is not encoded in UTF-8");
        Path large = Files.writeString(folder.resolve("large.yaml"), "#".repeat(PollsFileSetting.MOST_BYTES + 1));
        refused(large.toString(), "this one has more than 4194304 bytes");
        assertThat(read(file("rooms: []" + " ".repeat(PollsFileSetting.MOST_BYTES - 9))))
                .isEqualTo(PollsFile.EMPTY);
    }

    private void refused(String file, String end) {
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(
                        "POLLS_FILE is \"%s\"; it must be the absolute path of a file of rooms and polls in YAML; %s"
                                .formatted(file, end));
    }

    private String file(String content) throws IOException {
        return Files.writeString(folder.resolve("polls.yaml"), content).toString();
    }

    private static PollsFile read(String file) {
        Map<String, String> settings = Map.of("polls.file", file, "poll.id", "pets");
        return PollsFileSetting.read(Settings.from(name -> Optional.ofNullable(settings.get(name))));
    }
}
