package io.github.culvert.gateway.report;

import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.mapping.Mapping;
import io.github.culvert.nat.mapping.Session;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;

/** Writes one replay as a JSON object. The findings come first, since they are written as they are found. */
public final class JsonReport {
    private final JsonWriter json;

    private JsonReport(JsonWriter json) {
        this.json = json;
    }

    /**
     * Begins a report: opens the object and its list of findings.
     *
     * @param json takes it
     * @param input the name of the recording
     * @return the report
     */
    public static JsonReport begin(JsonWriter json, String input) {
        json.object().field("input", input).array("findings");
        return new JsonReport(json);
    }

    /**
     * Writes a finding.
     *
     * @param finding the finding
     */
    public void found(Finding finding) {
        json.object()
                .field("packet", finding.number())
                .seconds("time", finding.timeNanos())
                .field("direction", lower(finding.direction()))
                .field("flow", finding.flow())
                .field("kind", finding.kind().name())
                .field("reason", finding.reason())
                .field("detail", finding.detail())
                .endObject();
    }

    /**
     * Writes the rest and closes the object.
     *
     * @param result what the replay found
     */
    public void end(ReplayResult result) {
        json.endArray();
        counts(result.tally());
        if (!result.damage().isEmpty()) {
            json.field("damage", result.damage());
        }
        json.array("flows");
        result.flows().forEach(this::flow);
        json.endArray().array("mappings");
        result.mappings().forEach(this::mapping);
        json.endArray().array("sessions");
        result.sessions().forEach(this::session);
        json.endArray().array("calls");
        result.calls().forEach(this::call);
        json.endArray().object("notices");
        result.algs().sortedNotices().forEach(json::field);
        json.endObject().array("vpns");
        result.algs().vpns().forEach(this::vpn);
        Verdict verdict = result.tally().verdict();
        json.endArray().field("verdict", verdict.name()).field("exit", verdict.exitCode());
        json.endObject();
    }

    private void counts(Tally tally) {
        json.object("packets").field("read", tally.packets());
        Arrays.stream(Direction.values()).forEach(d -> json.field(lower(d), tally.offered(d)));
        json.field("as-recorded", tally.packetsAsRecorded()).object("not-for-the-nat");
        tally.bystanders().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                .forEach(e -> json.field(e.getKey().name(), e.getValue()));
        json.endObject();
        for (Finding.Kind kind : Finding.Kind.values()) {
            json.object(lower(kind));
            tally.findings(kind).forEach(json::field);
            json.endObject();
        }
        json.object("sent");
        tally.sent().forEach(json::field);
        json.endObject().endObject().object("protocols");
        tally.protocols()
                .forEach((name, count) -> json.object(name)
                        .field("outbound", count.outbound())
                        .field("inbound", count.inbound())
                        .field("as-recorded", count.asRecorded())
                        .endObject());
        json.endObject();
    }

    private void flow(FlowCount flow) {
        json.object()
                .field("protocol", flow.protocol())
                .field("inside", flow.inside())
                .field("remote", flow.remote())
                .field("outbound", flow.outbound())
                .field("inbound", flow.inbound())
                .field("as-recorded", flow.asRecorded())
                .endObject();
    }

    private void mapping(Mapping mapping) {
        json.object()
                .field("protocol", mapping.protocol().name())
                .field("inside", mapping.inside().toString())
                .field("outside", mapping.outside().toString())
                .field("sessions", mapping.sessions())
                .field("permanent", mapping.permanent())
                .endObject();
    }

    private void session(Session session) {
        json.object()
                .field("protocol", session.protocol().name())
                .field("inside", session.inside().toString())
                .field("outside", session.outside().toString())
                .field("remote", session.remote().toString())
                .field("state", session.state().name())
                .object("outbound")
                .field("packets", session.outbound().packets())
                .field("bytes", session.outbound().bytes())
                .endObject()
                .object("inbound")
                .field("packets", session.inbound().packets())
                .field("bytes", session.inbound().bytes())
                .endObject()
                .seconds("idle", session.idleNanos())
                .endObject();
    }

    private void call(CallCount call) {
        json.object()
                .field("inside", call.inside())
                .field("outside", call.outside())
                .field("remote", call.remote())
                .field("outbound", call.outbound())
                .field("inbound", call.inbound())
                .endObject();
    }

    private void vpn(io.github.culvert.nat.audit.Finding vpn) {
        json.object()
                .field("protocol", vpn.protocol().name())
                .field("inside", vpn.host().toString())
                .field("remote", vpn.peer().toString())
                .field("confidence", vpn.confidence().name())
                .field("evidence", vpn.evidence())
                .field("state", vpn.state())
                .field("bytes", vpn.bytes())
                .object("advice")
                .field("id", vpn.advice().id())
                .field("text", vpn.advice().text())
                .endObject()
                .endObject();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
