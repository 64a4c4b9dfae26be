package io.github.culvert.gateway.run;

import io.github.culvert.gateway.report.AlgReport;
import io.github.culvert.gateway.report.JsonWriter;
import io.github.culvert.nat.audit.Finding;
import io.github.culvert.nat.engine.Gauge;
import io.github.culvert.nat.engine.NatCounters;
import io.github.culvert.nat.mapping.Answer;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.mapping.HostTraffic;
import io.github.culvert.nat.refusal.Refusal;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a run came to.
 *
 * @param elapsed how long it took
 * @param outbound what went out
 * @param inbound what came in
 * @param sessions the sessions
 * @param mappings mappings of now
 * @param hosts inside hosts of now
 * @param refused packets refused, by reason, without those that are 0
 * @param toHost packets that were for no host behind the NAT and were dropped, by kind, without those that are 0
 * @param sent messages that the NAT sent of its own, by kind, without those that are 0
 * @param algs what the ALGs have to tell
 * @param held packets that are held back now
 * @param lostInside translated packets that the inside device did not take
 * @param lostOutside translated packets that the outside device did not take
 */
record Summary(
        Duration elapsed,
        Traffic outbound,
        Traffic inbound,
        Sessions sessions,
        long mappings,
        long hosts,
        Map<String, Long> refused,
        Map<String, Long> toHost,
        Map<String, Long> sent,
        AlgReport algs,
        long held,
        long lostInside,
        long lostOutside) {

    /** Packets and bytes. */
    record Traffic(long packets, long bytes) {
        static Traffic of(NatCounters counters, Direction direction) {
            return new Traffic(counters.packets(direction), counters.bytes(direction));
        }
    }

    /** Sessions of now and since the start. */
    record Sessions(long live, long created, long closed) {}

    static Summary of(NatCounters counters, AlgReport algs, Duration elapsed, DeviceSink sink) {
        return new Summary(
                elapsed,
                Traffic.of(counters, Direction.OUTBOUND),
                Traffic.of(counters, Direction.INBOUND),
                new Sessions(counters.gauge(Gauge.SESSIONS), counters.sessionsCreated(), counters.sessionsClosed()),
                counters.gauge(Gauge.MAPPINGS),
                counters.gauge(Gauge.HOSTS),
                counts(Refusal.values(), counters::refused),
                counts(HostTraffic.values(), counters::toHost),
                counts(Answer.values(), counters::answers),
                algs,
                counters.gauge(Gauge.HELD_PACKETS),
                sink.lostInside().packets(),
                sink.lostOutside().packets());
    }

    private static <E extends Enum<E>> Map<String, Long> counts(E[] kinds, ToLongFunction<E> counter) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (E kind : kinds) {
            long count = counter.applyAsLong(kind);
            if (count > 0) {
                counts.put(kind.name(), count);
            }
        }
        return counts;
    }

    /** A few lines for people. */
    String text() {
        Stream<String> counts = Stream.of(
                "elapsed     " + elapsed.toSeconds() + " s",
                "outbound    " + text(outbound),
                "inbound     " + text(inbound),
                "sessions    " + sessions.live() + " live, " + sessions.created() + " created, " + sessions.closed()
                        + " closed",
                "mappings    " + mappings + " of " + hosts + (hosts == 1 ? " host" : " hosts"),
                "refused     " + text(refused),
                "to host     " + text(toHost) + (toHost.isEmpty() ? "" : " (dropped)"),
                "sent        " + text(sent),
                "held        " + held,
                "noticed     " + text(algs.sortedNotices()),
                "lost        " + lostInside + " inside, " + lostOutside + " outside");
        Stream<String> vpns = algs.vpns().stream().map(Summary::text);
        Stream<String> advice = algs.advice().stream().map(a -> "advice      " + a.id() + ": " + a.text());
        return Stream.of(counts, vpns, advice).flatMap(s -> s).collect(Collectors.joining(System.lineSeparator()));
    }

    private static String text(Finding vpn) {
        return "vpn         " + vpn.protocol() + " " + vpn.host() + " with " + vpn.peer() + ": " + vpn.state() + ", "
                + vpn.bytes() + " bytes (" + vpn.confidence() + ": " + vpn.evidence() + "; "
                + vpn.advice().id() + ")";
    }

    private static String text(Traffic traffic) {
        return traffic.packets() + " packets, " + traffic.bytes() + " bytes";
    }

    private static String text(Map<String, Long> counts) {
        long sum = counts.values().stream().mapToLong(Long::longValue).sum();
        String parts = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(e -> e.getKey() + " " + e.getValue())
                .collect(Collectors.joining(", "));
        return parts.isEmpty() ? "0" : sum + ": " + parts;
    }

    /** One line of JSON. All keys are fixed words and nearly all values numbers: only texts of ALGs are escaped. */
    String json() {
        return object(
                entry("seconds", String.format(Locale.ROOT, "%.3f", elapsed.toMillis() / 1000.0)),
                entry("outbound", json(outbound)),
                entry("inbound", json(inbound)),
                entry(
                        "sessions",
                        object(
                                entry("live", sessions.live()),
                                entry("created", sessions.created()),
                                entry("closed", sessions.closed()))),
                entry("mappings", mappings),
                entry("hosts", hosts),
                entry("refused", json(refused)),
                entry("toHost", json(toHost)),
                entry("sent", json(sent)),
                entry("notices", json(algs.sortedNotices())),
                entry("vpns", algs.vpns().stream().map(Summary::json).collect(Collectors.joining(",", "[", "]"))),
                entry("held", held),
                entry("lost", object(entry("inside", lostInside), entry("outside", lostOutside))));
    }

    private static String json(Traffic traffic) {
        return object(entry("packets", traffic.packets()), entry("bytes", traffic.bytes()));
    }

    private static String json(Finding vpn) {
        return object(
                entry("protocol", JsonWriter.quoted(vpn.protocol().name())),
                entry("inside", JsonWriter.quoted(vpn.host().toString())),
                entry("remote", JsonWriter.quoted(vpn.peer().toString())),
                entry("confidence", JsonWriter.quoted(vpn.confidence().name())),
                entry("evidence", JsonWriter.quoted(vpn.evidence())),
                entry("state", JsonWriter.quoted(vpn.state())),
                entry("bytes", vpn.bytes()),
                entry("advice", JsonWriter.quoted(vpn.advice().id())));
    }

    private static String json(Map<String, Long> counts) {
        return object(counts.entrySet().stream()
                .map(e -> entry(e.getKey(), e.getValue()))
                .toArray(String[]::new));
    }

    private static String entry(String key, Object value) {
        return '"' + key + "\":" + value;
    }

    private static String object(String... entries) {
        return Arrays.stream(entries).collect(Collectors.joining(",", "{", "}"));
    }
}
