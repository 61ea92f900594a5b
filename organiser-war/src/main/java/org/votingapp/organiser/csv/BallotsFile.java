package org.votingapp.organiser.csv;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.votingapp.organiser.desk.BallotExport.Ballots;
import org.votingapp.organiser.desk.OptionView;

/**
 * The ballots of a poll as CSV: the key and the label of each choice, in random order. It is written as it is read, so its size does
 * not matter.
 *
 * <p>Its length is known beforehand from the tally. A client that receives less sees that the download broke off.
 */
public final class BallotsFile {

    /** Its media type. */
    public static final String TYPE = "text/csv;charset=UTF-8";

    private static final String HEAD =
            new CsvText().line(List.of("key", "label")).toString();

    private final Ballots ballots;
    private final Map<String, String> lines = new HashMap<>();

    /** The file of these ballots. */
    public BallotsFile(Ballots ballots) {
        this.ballots = ballots;
        ballots.poll()
                .options()
                .forEach(option -> lines.put(option.key(), CsvText.lineOf(List.of(option.key(), option.label()))));
    }

    /** Its length in bytes. */
    public long length() {
        long length = bytes(HEAD);
        for (OptionView option : ballots.poll().options()) {
            length += option.votes() * bytes(lines.get(option.key()));
        }
        return length;
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** What a browser is told to call it. */
    public String disposition() {
        return "attachment; filename=\"" + ballots.poll().id() + "-ballots.csv\"";
    }

    /**
     * Writes it.
     *
     * @throws IOException where the client is gone
     */
    public void write(OutputStream out) throws IOException {
        Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        writer.write(HEAD);
        ballots.each(choice -> writer.write(lines.get(choice)));
        writer.flush();
    }
}
