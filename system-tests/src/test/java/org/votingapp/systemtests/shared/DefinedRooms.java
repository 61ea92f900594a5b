package org.votingapp.systemtests.shared;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.votingapp.poll.Poll;
import org.votingapp.poll.PollOption;
import org.votingapp.poll.Room;
import org.votingapp.poll.RoomCode;
import org.votingapp.runtime.redis.Definitions;
import org.votingapp.runtime.redis.LuaScript;
import org.votingapp.runtime.redis.RedisNames;
import org.votingapp.stack.LocalStack;
import redis.clients.jedis.Jedis;

/**
 * Rooms beside the house room, in Postgres. The worker publishes them: a vote server knows a change within seconds, and each
 * room and poll for good.
 */
public final class DefinedRooms {

    private static final LuaScript DEFINE = LuaScript.named("define.lua");

    private final LocalStack stack;

    /** Rooms of this stack. */
    public DefinedRooms(LocalStack stack) {
        this.stack = stack;
    }

    /** A new room, with its first poll on stage, if it has one. */
    public void open(RoomCode code, String title, Poll... polls) throws SQLException {
        try (Connection connection = stack.postgres().connect()) {
            connection.setAutoCommit(false);
            update(connection, "INSERT INTO room (code, title) VALUES (?, ?)", code.value(), title);
            for (int position = 0; position < polls.length; position++) {
                insert(connection, code, polls[position], position);
            }
            if (polls.length > 0) {
                update(connection, "UPDATE room SET stage = ? WHERE code = ?", polls[0].id(), code.value());
            }
            connection.commit();
        }
    }

    /** Adds the first poll to a room, and puts it on stage. */
    public void add(RoomCode code, Poll poll) throws SQLException {
        try (Connection connection = stack.postgres().connect()) {
            connection.setAutoCommit(false);
            insert(connection, code, poll, 0);
            update(connection, "UPDATE room SET stage = ? WHERE code = ?", poll.id(), code.value());
            connection.commit();
        }
    }

    /** Puts another poll of the room on stage. */
    public void stage(RoomCode code, String pollId) throws SQLException {
        try (Connection connection = stack.postgres().connect()) {
            update(connection, "UPDATE room SET stage = ? WHERE code = ?", pollId, code.value());
        }
    }

    /** Deletes a room and its polls, as its organiser does. */
    public void delete(RoomCode code) throws SQLException {
        try (Connection connection = stack.postgres().connect()) {
            connection.setAutoCommit(false);
            update(connection, "UPDATE poll SET closes = now(), position = NULL WHERE room_code = ?", code.value());
            update(
                    connection,
                    "UPDATE room SET title = '-', stage = NULL, deleted_at = now() WHERE code = ?",
                    code.value());
            connection.commit();
        }
    }

    /** Publishes a room that Postgres does not have. */
    public void publish(Room room) {
        try (Jedis redis = stack.redis().connect()) {
            redis.eval(
                    DEFINE.text(),
                    List.of(RedisNames.DEFINITIONS, RedisNames.DEFINITION_VERSIONS, RedisNames.DEFINITION_CHANGES),
                    List.of(Definitions.roomField(room.code()), "1", Definitions.write(room)));
        }
    }

    private static void insert(Connection connection, RoomCode code, Poll poll, int position) throws SQLException {
        update(
                connection,
                "INSERT INTO poll (id, question, language, revote, room_code, position) VALUES (?, ?, ?, 'final', ?, ?)",
                poll.id(),
                poll.question(),
                poll.language(),
                code.value(),
                position);
        int place = 0;
        for (PollOption option : poll.options()) {
            update(
                    connection,
                    "INSERT INTO poll_option (poll_id, key, label, position) VALUES (?, ?, ?, ?)",
                    poll.id(),
                    option.key(),
                    option.label(),
                    place++);
            update(connection, "INSERT INTO tally (poll_id, choice) VALUES (?, ?)", poll.id(), option.key());
        }
    }

    private static void update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
