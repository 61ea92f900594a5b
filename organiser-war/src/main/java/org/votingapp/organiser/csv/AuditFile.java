package org.votingapp.organiser.csv;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongFunction;
import org.votingapp.organiser.desk.AuditLine;
import org.votingapp.organiser.store.AuditRow;

/**
 * What organisers did as CSV, the newest first. It is written as it is read, so its size does not matter.
 *
 * <p>It is read twice, since nobody changes the rows: once for the length, so that a client that receives less sees that the
 * download broke off.
 */
public final class AuditFile {

    /** Rows that are read at a time: a row has up to 20,000 characters. */
    public static final int PAGE = 100;

    /** Its media type. */
    public static final String TYPE = "text/csv;charset=UTF-8";

    private static final String HEAD = new CsvText()
            .line(List.of("at", "organiser", "action", "room", "poll", "before", "after", "known as"))
            .toString();

    private final LongFunction<List<AuditRow>> before;
    private final long end;

    /** Takes one line after the other. */
    private interface Sink {

        void take(byte[] line) throws IOException;
    }

    /**
     * The file of the rows that there are now.
     *
     * @param before the newest rows whose number is smaller than that, at most {@value #PAGE}; none at the end
     */
    public AuditFile(LongFunction<List<AuditRow>> before) {
        this.before = before;
        this.end = before.apply(Long.MAX_VALUE).stream()
                .mapToLong(row -> row.id() + 1)
                .findFirst()
                .orElse(0);
    }

    /** Its length in bytes. */
    public long length() throws IOException {
        long[] length = {0};
        each(line -> length[0] += line.length);
        return length[0];
    }

    /**
     * Writes it.
     *
     * @param length what {@link #length} said
     * @throws IOException where the client is gone, or an act that began earlier has been noted meanwhile
     */
    public void write(OutputStream target, long length) throws IOException {
        long[] left = {length};
        OutputStream out = new BufferedOutputStream(target);
        each(line -> {
            left[0] -= line.length;
            if (left[0] < 0) {
                throw new IOException("An act was noted while the file was written; the client has to ask again");
            }
            out.write(line);
        });
        out.flush();
    }

    private void each(Sink sink) throws IOException {
        sink.take(HEAD.getBytes(StandardCharsets.UTF_8));
        long id = end;
        for (List<AuditRow> rows = before.apply(id); !rows.isEmpty(); rows = before.apply(id)) {
            for (AuditRow row : rows) {
                sink.take(line(row).getBytes(StandardCharsets.UTF_8));
                id = row.id();
            }
        }
    }

    private static String line(AuditRow row) {
        return CsvText.lineOf(List.of(
                row.at().toString(),
                row.organiser(),
                row.action(),
                row.room(),
                row.poll(),
                AuditLine.of(row.action(), row.before()),
                AuditLine.of(row.action(), row.after()),
                row.knownAs()));
    }
}
