package io.github.culvert.nat.channel;

import io.github.culvert.nat.alg.Observation;
import io.github.culvert.nat.audit.Finding;
import io.github.culvert.nat.table.FlowTable;
import io.github.culvert.nat.table.Record;
import io.github.culvert.nat.table.Ticks;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Stream;

/** Puts together what a tracker has observed and what the table has counted. */
final class Findings {
    private Findings() {}

    static Finding of(Channel channel, Observation seen, FlowTable table, long startNanos) {
        long bytes = channel.bytesBefore + bytes(table, channel.session);
        int age = age(table, channel.session, channel.firstTick);
        for (int session : channel.bound.values()) {
            bytes += bytes(table, session);
            age = Math.max(age, age(table, session, channel.firstTick));
        }
        return finding(channel, seen, startNanos, bytes, age);
    }

    /** Of a pair only what the inside host has counts, as long as it has it. */
    static Finding of(Pair pair, Observation seen, FlowTable table, long startNanos) {
        int[] sessions = Stream.concat(pair.bound.values().stream(), pair.opened.values().stream())
                .mapToInt(Integer::intValue)
                .filter(session -> inside(table, session) == seen.inside().bits())
                .toArray();
        long bytes = Arrays.stream(sessions)
                .mapToLong(session -> bytes(table, session))
                .sum();
        int age = Arrays.stream(sessions)
                .map(session -> age(table, session, pair.firstTick))
                .max()
                .orElse(0);
        return finding(pair, seen, startNanos, bytes, age);
    }

    private static Finding finding(Followed followed, Observation seen, long startNanos, long bytes, int age) {
        return new Finding(
                seen.inside(),
                followed.scope().remote(),
                seen.protocol(),
                seen.confidence(),
                seen.evidence(),
                startNanos + Ticks.nanos(followed.firstTick),
                startNanos + Ticks.nanos(followed.firstTick + age),
                bytes,
                seen.state(),
                seen.advice());
    }

    private static int inside(FlowTable table, int session) {
        return Record.insideAddress(Record.parties(table.chunk(session), FlowTable.at(session)));
    }

    private static long bytes(FlowTable table, int session) {
        ByteBuffer chunk = table.chunk(session);
        int at = FlowTable.at(session);
        return Record.bytes(chunk, at, 0) + Record.bytes(chunk, at, 1);
    }

    /** How long after the beginning a session has had its last packet; stamps are the low bits of ticks. */
    private static int age(FlowTable table, int session, long firstTick) {
        return Record.stamp(table.chunk(session), FlowTable.at(session)) - (int) firstTick;
    }
}
