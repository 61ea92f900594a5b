package org.votingapp.worker.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;
import org.votingapp.poll.PollParts;
import org.votingapp.poll.PollText;
import org.votingapp.poll.Room;
import org.votingapp.poll.RoomCode;

/** Reads a file of rooms and polls. Used once, by one thread. */
public final class PollsFileReader {

    private static final List<String> ROOM = List.of("code", "title", "stage", "polls");
    private static final String ROOMS = "a list of up to %d rooms, each after a hyphen".formatted(PollsFile.MOST_ROOMS);
    private static final String POLLS = "a list of 1 to %d polls, each after a hyphen".formatted(RoomPlan.MOST_POLLS);
    private static final String TITLE = "1 to %d characters of text".formatted(Room.LONGEST_TITLE);

    private final Mistakes mistakes = new Mistakes();
    private final PollReader polls;
    private final Firsts codes = new Firsts("a code that no other room has", mistakes);
    private final Firsts titles =
            new Firsts("another title, since a room without a code is known by its title", mistakes);

    private PollsFileReader(String housePoll) {
        this.polls = new PollReader(housePoll, mistakes);
    }

    /**
     * What a file says.
     *
     * @param yaml the text of the file
     * @param housePoll the id of the house room's poll ({@code POLL_ID}), which no poll of the file may have
     * @throws PollsFileException with all mistakes, up to {@value Mistakes#MOST}
     */
    public static PollsFile read(String yaml, String housePoll) throws PollsFileException {
        return new PollsFileReader(housePoll).file(yaml);
    }

    private PollsFile file(String yaml) throws PollsFileException {
        Node root = YamlText.root(yaml)
                .orElseThrow(() -> Mistakes.only(Place.START, "is empty; without rooms it must be \"rooms: []\""));
        Optional<Fields> fields =
                Fields.of(new Found<>(root, Place.of(root, "")), "the file", List.of("rooms"), mistakes);
        List<RoomPlan> rooms = new ArrayList<>();
        if (fields.isPresent()) {
            for (Found<Node> room : fields.get().items("rooms", 0, PollsFile.MOST_ROOMS, ROOMS)) {
                room(room).ifPresent(rooms::add);
            }
        }
        mistakes.throwIfAny();
        return new PollsFile(rooms);
    }

    private Optional<RoomPlan> room(Found<Node> node) throws PollsFileException {
        Optional<Fields> mapping = Fields.of(node, "a room", ROOM, mistakes);
        if (mapping.isEmpty()) {
            return Optional.empty();
        }
        Fields fields = mapping.get();
        Optional<Found<RoomCode>> code = fields.optional("code", PollParts::code);
        if (code.isPresent()) {
            codes.add(code.get(), code.get().value());
        }
        Optional<Found<String>> title =
                fields.required("title", TITLE, text -> PollParts.text(text, Room.LONGEST_TITLE));
        if (title.isPresent() && !fields.has("code")) {
            titles.add(title.get(), PollText.composed(title.get().value()));
        }
        List<PollPlan> plans = polls.of(fields.items("polls", 1, RoomPlan.MOST_POLLS, POLLS));
        Optional<Found<String>> stage = fields.optional("stage", PollParts::id);
        if (stage.isPresent()) {
            checkStage(stage.get(), plans);
        }
        return title.map(found -> new RoomPlan(code.map(Found::value), found.value(), stage.map(Found::value), plans));
    }

    private void checkStage(Found<String> stage, List<PollPlan> plans) throws PollsFileException {
        List<String> ids = plans.stream().flatMap(poll -> poll.id().stream()).toList();
        if (!ids.contains(stage.value())) {
            mistakes.addValue(
                    stage.place(),
                    stage.value(),
                    ids.isEmpty()
                            ? "the id of one of the room's polls, and none of them has one"
                            : "the id of one of the room's polls: " + Mistakes.shown(String.join(", ", ids)));
        }
    }
}
