package org.votingapp.result.tally;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollState;

class PublishedTallyTest {

    @Test
    void theJsonIsTheDocumentThatOtherProgramsRelyOn() {
        assertThat(json(Tallies.catsAndDogs(2, 1)))
                .isEqualTo(
                        "{\"poll\":\"cats-vs-dogs\",\"question\":\"Cats vs Dogs!\",\"total\":3,\"open\":true,\"state\":\"open\",\"final\":false,"
                                + "\"options\":[{\"key\":\"a\",\"label\":\"Cats\",\"votes\":2,\"percent\":66.7},"
                                + "{\"key\":\"b\",\"label\":\"Dogs\",\"votes\":1,\"percent\":33.3}]}");
    }

    @Test
    void theJsonHasTheTimesThatAreSet() {
        Poll poll = Tallies.poll("Cats", "Dogs");
        Optional<Instant> opens = Optional.of(Instant.parse("2027-03-01T09:00:00Z"));
        Optional<Instant> closes = Optional.of(Instant.parse("2027-03-08T09:00:00.5Z"));
        assertThat(json(tally(poll, opens, closes)))
                .contains(
                        "\"open\":true,\"state\":\"open\",\"final\":false,\"opens\":\"2027-03-01T09:00:00Z\",\"closes\":\"2027-03-08T09:00:00.500Z\",\"options\":[");
        assertThat(json(tally(poll, Optional.empty(), closes)))
                .contains("\"closes\":")
                .doesNotContain("\"opens\":");
        assertThat(json(tally(poll, Optional.of(Poll.WAITING), closes)))
                .as("of a poll that waits for its organiser")
                .doesNotContain("\"opens\":");
    }

    @Test
    void theJsonSaysSinceWhenTheBallotsAreGone() {
        Optional<Instant> deleted = Optional.of(Instant.parse("2027-04-07T09:01:00Z"));
        Tally tally = new Tally(Tallies.poll("Cats", "Dogs"), List.of(2L, 1L), PollState.CLOSED, true, deleted);
        assertThat(json(tally)).contains("\"final\":true,\"ballotsDeleted\":\"2027-04-07T09:01:00Z\",\"options\":[");
    }

    private static Tally tally(Poll poll, Optional<Instant> opens, Optional<Instant> closes) {
        Poll timed =
                new Poll(poll.id(), poll.question(), poll.language(), poll.options(), poll.revote(), opens, closes);
        return new Tally(timed, List.of(2L, 1L), PollState.OPEN, false, Optional.empty());
    }

    @Test
    void percentIsNullInJsonAndEmptyInCsvWithoutVotes() {
        assertThat(json(Tallies.catsAndDogs(0, 0))).contains("\"votes\":0,\"percent\":null}");
        assertThat(csv(Tallies.catsAndDogs(0, 0))).isEqualTo("key,label,votes,percent\r\na,Cats,0,\r\nb,Dogs,0,\r\n");
    }

    @Test
    void theCsvHasAHeaderAndALineAnOption() {
        assertThat(csv(Tallies.catsAndDogs(2, 1)))
                .isEqualTo("key,label,votes,percent\r\na,Cats,2,66.7\r\nb,Dogs,1,33.3\r\n");
    }

    @Test
    void labelsInCsvAreQuotedWhereTheyMustAndOtherwiseStayAsTheyAre() {
        Tally tally = new Tally(
                Tallies.poll("Yes, \"please\"", "=1+1"), List.of(1L, 0L), PollState.OPEN, false, Optional.empty());
        assertThat(csv(tally)).contains("a,\"Yes, \"\"please\"\"\",1,100.0\r\n", "b,=1+1,0,0.0\r\n");
    }

    @Property
    void anyLabelComesBackFromTheEventAsItWas(@ForAll @NotBlank @StringLength(max = 100) String label) {
        // A lone half of a surrogate pair is no text and cannot be written in UTF-8.
        String text = new String(label.getBytes(UTF_8), UTF_8);
        PublishedTally published = PublishedTally.of(
                7, new Tally(Tallies.poll(text, "Dogs"), List.of(1L, 0L), PollState.CLOSED, false, Optional.empty()));
        String[] lines = new String(published.event(), UTF_8).split("\n", -1);
        assertThat(lines).hasSize(5).startsWith("event: tally", "id: 7").endsWith("", "");
        JsonObject data = parse(lines[2].substring("data: ".length()));
        assertThat(data.getJsonArray("options").getJsonObject(0).getString("label"))
                .isEqualTo(text);
        assertThat(data.getBoolean("open")).isFalse();
        assertThat(data.getString("state")).isEqualTo("closed");
    }

    @Test
    void theTagFollowsTheContentAndNotTheId() {
        Document first = PublishedTally.of(1, Tallies.catsAndDogs(2, 1)).json();
        assertThat(PublishedTally.of(2, Tallies.catsAndDogs(2, 1)).json().tag()).isEqualTo(first.tag());
        assertThat(PublishedTally.of(1, Tallies.catsAndDogs(3, 1)).json().tag()).isNotEqualTo(first.tag());
        assertThat(PublishedTally.of(1, Tallies.catsAndDogs(2, 1)).csv().tag()).isNotEqualTo(first.tag());
    }

    @Test
    void otherEventsHaveNoId() {
        assertThat(new String(ServerSentEvents.event("heartbeat", "live"), UTF_8))
                .isEqualTo("event: heartbeat\ndata: live\n\n");
        assertThat(new String(ServerSentEvents.retry(1500), UTF_8)).isEqualTo("retry: 1500\n\n");
    }

    private static String json(Tally tally) {
        return new String(PublishedTally.of(1, tally).json().content(), UTF_8);
    }

    private static String csv(Tally tally) {
        return new String(PublishedTally.of(1, tally).csv().content(), UTF_8);
    }

    private static JsonObject parse(String json) {
        return Json.createReader(new ByteArrayInputStream(json.getBytes(UTF_8))).readObject();
    }
}
