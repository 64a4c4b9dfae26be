package io.github.culvert.gateway.report;

import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Mapping;
import io.github.culvert.nat.mapping.Session;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Prints a replay for people. Keeps the first findings that need a look; the counts say how many there are. */
public final class TextReport {
    private final List<Finding> shown = new ArrayList<>();

    /** A report of nothing yet. */
    public TextReport() {}

    /**
     * Takes note of a finding.
     *
     * @param finding the finding
     */
    public void found(Finding finding) {
        if (finding.kind().verdict() == Verdict.WRONG && shown.size() < Table.MOST_ROWS) {
            shown.add(finding);
        }
    }

    /**
     * Prints everything.
     *
     * @param result what the replay found
     * @param out takes it
     */
    public void print(ReplayResult result, PrintWriter out) {
        Tally tally = result.tally();
        out.printf(
                "%s: %d packets, %d outbound and %d inbound for the NAT%n",
                result.input(), tally.packets(), tally.offered(Direction.OUTBOUND), tally.offered(Direction.INBOUND));
        if (!result.damage().isEmpty()) {
            out.println("The file is damaged; what comes before that was replayed: " + result.damage());
        }
        section(out, "Packets for the NAT", protocols(tally));
        if (tally.protocols().isEmpty() && tally.packets() > 0) {
            out.println("Nothing was for the NAT: does --inside-net name the hosts of this recording?");
        }
        sectionIfAny(out, "Not for the NAT", bystanders(tally));
        section(out, "Mappings at the end", mappings(result.mappings()));
        section(out, "Sessions at the end", sessions(result.sessions()));
        sectionIfAny(out, "PPTP calls", calls(result.calls()));
        section(out, "Refused", refusals(tally));
        sectionIfAny(out, "Noticed", notices(result.algs()));
        sectionIfAny(out, "VPNs", vpns(result.algs()));
        result.algs().advice().forEach(advice -> out.println("  " + advice.id() + ": " + advice.text()));
        sectionIfAny(out, "Sent by the NAT itself", sent(tally));
        sectionIfAny(out, "Wrong", wrong());
        out.printf("%nVerdict: %s.%n", tally.verdict().text());
    }

    private static void sectionIfAny(PrintWriter out, String title, Table table) {
        if (!table.isEmpty()) {
            section(out, title, table);
        }
    }

    private static void section(PrintWriter out, String title, Table table) {
        out.println();
        if (table.isEmpty()) {
            out.println(title + ": none");
        } else {
            out.println(title);
            table.lines().forEach(out::println);
        }
    }

    private static Table protocols(Tally tally) {
        Table table = new Table("protocol", "outbound", "inbound", "as recorded");
        tally.protocols()
                .forEach((name, count) -> table.row(name, count.outbound(), count.inbound(), count.asRecorded()));
        return table;
    }

    private static Table bystanders(Tally tally) {
        Table table = new Table("why", "packets");
        for (Bystander why : Bystander.values()) {
            Long count = tally.bystanders().get(why);
            if (count != null) {
                table.row(why, count);
            }
        }
        return table;
    }

    private static Table mappings(List<Mapping> mappings) {
        Table table = new Table("protocol", "inside", "outside", "sessions");
        mappings.forEach(m -> table.row(m.protocol(), m.inside(), m.outside(), m.sessions()));
        return table;
    }

    private static Table sessions(List<Session> sessions) {
        Table table = new Table("protocol", "inside", "outside", "remote", "state", "out", "in");
        sessions.forEach(s -> table.row(
                s.protocol(),
                s.inside(),
                s.outside(),
                text(s.remote()),
                s.state(),
                s.outbound().packets(),
                s.inbound().packets()));
        return table;
    }

    /** The remote end of a ping has no identifier. */
    private static String text(Endpoint remote) {
        return remote.identifier() == 0 ? remote.address().toString() : remote.toString();
    }

    private static Table refusals(Tally tally) {
        Table table = new Table("reason", "packets");
        tally.findings(Finding.Kind.REFUSED).forEach(table::row);
        tally.findings(Finding.Kind.MISDIRECTED).forEach(table::row);
        return table;
    }

    private static Table calls(List<CallCount> calls) {
        Table table = new Table("inside", "outside", "remote", "GRE out", "GRE in");
        calls.forEach(c -> table.row(c.inside(), c.outside(), c.remote(), c.outbound(), c.inbound()));
        return table;
    }

    private static Table notices(AlgReport algs) {
        Table table = new Table("notice", "times");
        algs.sortedNotices().forEach(table::row);
        return table;
    }

    private static Table vpns(AlgReport algs) {
        Table table = new Table("protocol", "inside", "remote", "state", "confidence", "bytes", "advice");
        algs.vpns()
                .forEach(v -> table.row(
                        v.protocol(),
                        v.host(),
                        v.peer(),
                        v.state(),
                        v.confidence(),
                        v.bytes(),
                        v.advice().id()));
        return table;
    }

    private static Table sent(Tally tally) {
        Table table = new Table("message", "packets");
        tally.sent().forEach(table::row);
        return table;
    }

    private Table wrong() {
        Table table = new Table("packet", "time", "direction", "flow", "what", "detail");
        shown.forEach(f -> table.row(
                f.number(),
                BigDecimal.valueOf(f.timeNanos(), 9).toPlainString(),
                f.direction(),
                f.flow(),
                f.kind(),
                f.detail()));
        return table;
    }
}
