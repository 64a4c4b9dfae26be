package io.github.culvert.nat.channel;

import io.github.culvert.nat.alg.Observation;
import io.github.culvert.nat.audit.Finding;
import io.github.culvert.nat.table.FlowTable;
import io.github.culvert.nat.table.Record;
import io.github.culvert.nat.table.Ticks;
import java.nio.ByteBuffer;

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
        return new Finding(
                seen.inside(),
                channel.scope.remote(),
                seen.protocol(),
                seen.confidence(),
                seen.evidence(),
                startNanos + Ticks.nanos(channel.firstTick),
                startNanos + Ticks.nanos(channel.firstTick + age),
                bytes,
                seen.state(),
                seen.advice());
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
