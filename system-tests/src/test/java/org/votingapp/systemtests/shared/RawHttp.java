package org.votingapp.systemtests.shared;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Sends raw bytes to a server and reads the answer, for requests that no HTTP library would send. Each request has its
 * own connection.
 *
 * @param port the port on the loopback address
 * @param from the loopback address that the request comes from
 */
public record RawHttp(int port, String from) {

    private static final int PATIENCE_MILLIS = 30_000;

    public static RawHttp to(int port) {
        return new RawHttp(port, "127.0.0.1");
    }

    /**
     * An answer.
     *
     * @param status the status; empty if the server closed the connection without an answer
     * @param headers names and values, unchanged
     * @param body as bytes, one character each
     */
    public record Answer(Optional<Integer> status, List<Map.Entry<String, String>> headers, String body) {

        public Stream<String> all(String name) {
            return headers.stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(Map.Entry::getValue);
        }

        public Optional<String> header(String name) {
            return all(name).findFirst();
        }

        /** The status, or 0. */
        public int code() {
            return status.orElse(0);
        }

        /** The body as UTF-8, without the sizes of its chunks, which may stand inside a word. */
        public String text() {
            String whole = body;
            if (header("Transfer-Encoding").orElse("").equalsIgnoreCase("chunked")) {
                StringBuilder joined = new StringBuilder();
                int at = 0;
                for (int end = body.indexOf("\r\n"); end > at; end = body.indexOf("\r\n", at)) {
                    int size = Integer.parseInt(body, at, end, 16);
                    joined.append(body, end + 2, end + 2 + size);
                    at = end + 2 + size + 2;
                }
                whole = joined.toString();
            }
            return new String(whole.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return "answer " + status + " " + headers + " " + body.substring(0, Math.min(400, body.length()));
        }
    }

    /** A request made of its parts, with the length of its body. */
    public static byte[] request(String method, String path, Map<String, String> headers, byte[] body) {
        Map<String, String> all = new TreeMap<>(Map.of("Host", "localhost"));
        all.putAll(headers);
        if (body.length > 0) {
            all.putIfAbsent("Content-Length", String.valueOf(body.length));
        }
        String head = all.entrySet().stream()
                .map(header -> header.getKey() + ": " + header.getValue() + "\r\n")
                .collect(Collectors.joining("", method + " " + path + " HTTP/1.1\r\n", "\r\n"));
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        request.writeBytes(body);
        return request.toByteArray();
    }

    /** Gets a path. */
    public Answer get(String path) throws IOException {
        return send(request("GET", path, Map.of(), new byte[0]));
    }

    public Answer get(String path, Map<String, String> headers) throws IOException {
        return send(request("GET", path, headers, new byte[0]));
    }

    /** Posts a text as UTF-8. */
    public Answer post(String path, Map<String, String> headers, String body) throws IOException {
        return send(request("POST", path, headers, body.getBytes(StandardCharsets.UTF_8)));
    }

    /** Sends these bytes and reads one answer. The server may close the connection before it has read everything. */
    public Answer send(byte[] request) throws IOException {
        return send(request, false);
    }

    /** Sends the beginning of a request, as if more were to come, and reads the answer of a server that waits no longer. */
    public Answer sendBeginning(byte[] request) throws IOException {
        return send(request, true);
    }

    private Answer send(byte[] request, boolean moreToCome) throws IOException {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), PATIENCE_MILLIS);
            try {
                socket.getOutputStream().write(request);
                socket.getOutputStream().flush();
                if (!moreToCome) {
                    // Tells a server that expects a longer body not to wait.
                    socket.shutdownOutput();
                }
            } catch (IOException heardEnough) {
                // The server may have answered before it closed.
            }
            boolean head =
                    new String(request, 0, Math.min(5, request.length), StandardCharsets.ISO_8859_1).equals("HEAD ");
            return read(socket.getInputStream(), head);
        }
    }

    private static Answer read(InputStream in, boolean head) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[16 * 1024];
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes.write(buffer, 0, read);
                Optional<Answer> answer = complete(bytes.toString(StandardCharsets.ISO_8859_1), head);
                if (answer.isPresent()) {
                    return answer.get();
                }
            }
        } catch (SocketTimeoutException silent) {
            throw silent;
        } catch (IOException reset) {
            // The bytes before the reset count.
        }
        return parsed(bytes.toString(StandardCharsets.ISO_8859_1)).orElse(new Answer(Optional.empty(), List.of(), ""));
    }

    private static Optional<Answer> complete(String text, boolean head) {
        return parsed(text).filter(answer -> {
            if (head || answer.code() == 304) {
                return true;
            }
            Optional<Integer> length = answer.header("Content-Length").map(Integer::valueOf);
            if (length.isPresent()) {
                return answer.body().length() >= length.get();
            }
            boolean chunked = answer.header("Transfer-Encoding")
                    .orElse("")
                    .toLowerCase(Locale.ROOT)
                    .equals("chunked");
            boolean stream = answer.header("Content-Type").orElse("").startsWith("text/event-stream");
            return chunked && (stream || answer.body().endsWith("0\r\n\r\n"));
        });
    }

    private static Optional<Answer> parsed(String text) {
        int end = text.indexOf("\r\n\r\n");
        if (end < 0 || !text.startsWith("HTTP/1.")) {
            return Optional.empty();
        }
        String[] lines = text.substring(0, end).split("\r\n");
        List<Map.Entry<String, String>> headers = Stream.of(lines)
                .skip(1)
                .map(line -> line.split(":", 2))
                .map(parts -> Map.entry(parts[0], parts.length > 1 ? parts[1].strip() : ""))
                .toList();
        return Optional.of(
                new Answer(Optional.of(Integer.valueOf(lines[0].split(" ")[1])), headers, text.substring(end + 4)));
    }
}
