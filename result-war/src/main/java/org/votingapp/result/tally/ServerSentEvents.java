package org.votingapp.result.tally;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes server-sent events (WHATWG HTML, "Server-sent events", section "Parsing an event stream"). */
public final class ServerSentEvents {

    /** The media type of an event stream. */
    public static final String MEDIA_TYPE = "text/event-stream";

    private ServerSentEvents() {}

    /**
     * An event with an id.
     *
     * @param data one line of UTF-8
     */
    static byte[] event(String name, long id, byte[] data) {
        ByteArrayOutputStream event = new ByteArrayOutputStream(data.length + 64);
        event.writeBytes(ascii("event: " + name + "\nid: " + id + "\ndata: "));
        event.writeBytes(data);
        event.writeBytes(ascii("\n\n"));
        return event.toByteArray();
    }

    /** An event without an id; the client keeps its last id. */
    public static byte[] event(String name, String data) {
        return ascii("event: " + name + "\ndata: " + data + "\n\n");
    }

    /** Tells the client how long to wait before it reconnects. */
    public static byte[] retry(long milliseconds) {
        return ascii("retry: " + milliseconds + "\n\n");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
