package io.github.culvert.gateway.replay;

import io.github.culvert.gateway.report.Finding;
import io.github.culvert.gateway.report.JsonReport;
import io.github.culvert.gateway.report.JsonWriter;
import io.github.culvert.gateway.report.ReplayResult;
import io.github.culvert.gateway.report.TextReport;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/** Where a replay is reported: JSON files as it goes, a summary at its end, and its progress to whoever waits. */
final class Reporting implements Replay.Listener, Closeable {
    /** Shorter recordings are done before anybody could read a progress bar. */
    private static final long LONG_RECORDING = 8 << 20;

    private final String input;
    private final List<Writer> files = new ArrayList<>();
    private final List<JsonReport> json = new ArrayList<>();
    private final TextReport text = new TextReport();
    private @Nullable PrintWriter printed;
    private @Nullable PrintWriter summary;
    private @Nullable ProgressBar progress;

    Reporting(String input) {
        this.input = input;
    }

    void jsonTo(Path file) throws IOException {
        Writer writer = Files.newBufferedWriter(file);
        files.add(writer);
        json.add(JsonReport.begin(new JsonWriter(writer), input));
    }

    void jsonTo(PrintWriter out) {
        printed = out;
        json.add(JsonReport.begin(new JsonWriter(out), input));
    }

    void textTo(PrintWriter out) {
        summary = out;
    }

    /** Shows how far a long recording is read, if somebody is there to see it. */
    void progressOf(Path recording) throws IOException {
        long size = Files.size(recording);
        if (size >= LONG_RECORDING && Ansi.AUTO.enabled()) {
            progress = new ProgressBarBuilder()
                    .setTaskName("replay")
                    .setInitialMax(size)
                    .setUnit(" MB", 1_000_000)
                    .build();
        }
    }

    @Override
    public void found(Finding finding) {
        json.forEach(report -> report.found(finding));
        text.found(finding);
    }

    @Override
    public void read(long bytes) {
        if (progress != null) {
            progress.stepTo(bytes);
        }
    }

    /** Writes what is known only at the end. */
    void end(ReplayResult result) {
        stopProgress();
        json.forEach(report -> report.end(result));
        if (summary != null) {
            text.print(result, summary);
            summary.flush();
        }
        if (printed != null) {
            printed.flush();
        }
    }

    private void stopProgress() {
        if (progress != null) {
            progress.close();
            progress = null;
        }
    }

    @Override
    public void close() throws IOException {
        stopProgress();
        for (Writer file : files) {
            file.close();
        }
    }
}
