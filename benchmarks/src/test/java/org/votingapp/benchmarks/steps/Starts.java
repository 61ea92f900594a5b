package org.votingapp.benchmarks.steps;

import java.util.ArrayList;
import java.util.List;
import org.votingapp.benchmarks.report.Figure;
import org.votingapp.benchmarks.report.Report;
import org.votingapp.benchmarks.report.Target;
import org.votingapp.stack.LocalStack;
import org.votingapp.stack.liberty.LibertyPart;

/** The time from start to ready of each server, on its second start, with the others running. */
public final class Starts implements Step {

    static final String NAME = "starts";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void measure(Stage stage, Report report) {
        LocalStack stack = stage.stack();
        for (LibertyPart server : stack.servers()) {
            List<Double> seconds = new ArrayList<>();
            for (int round = 0; round < stage.scale().rounds(); round++) {
                server.stop();
                long began = System.nanoTime();
                server.start();
                server.awaitReady(Stage.START_LIMIT);
                seconds.add((System.nanoTime() - began) / 1e9);
            }
            String name = "start to ready, " + server.kind().server();
            report.add(Figure.of(NAME, name, "s", seconds).with(Target.atMost(4)));
        }
    }
}
