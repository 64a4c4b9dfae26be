package io.github.culvert.gateway.replay;

import io.github.culvert.gateway.capture.CaptureFormat;
import io.github.culvert.gateway.capture.CaptureReader;
import io.github.culvert.gateway.capture.CaptureWriter;
import io.github.culvert.gateway.capture.LinkType;
import io.github.culvert.gateway.options.GatewayConfig;
import io.github.culvert.gateway.report.Finding;
import io.github.culvert.gateway.report.Tally;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Prefix;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A recording made of packets, a second apart unless said otherwise, and what its replay comes to. */
final class Played {
    static final NatConfig CONFIG =
            NatConfig.of(List.of(Ipv4Prefix.parse("192.168.1.0/24")), List.of(Ipv4Address.parse(Packets.EXT1)));

    private static final long MILLISECOND = 1_000_000;

    final List<Finding> findings = new ArrayList<>();
    final List<String> outside = new ArrayList<>();
    final List<String> inside = new ArrayList<>();
    final Tally tally;

    private Played(GatewayConfig config, long step, List<byte[]> packets) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (CaptureWriter writer = CaptureWriter.to(file, CaptureFormat.PCAP, LinkType.RAW)) {
            long time = 0;
            for (byte[] packet : packets) {
                writer.write(time, packet.length, packet);
                time += step;
            }
        }
        Replay.Listener listener = new Replay.Listener() {
            @Override
            public void found(Finding finding) {
                findings.add(finding);
            }

            @Override
            public void read(long bytes) {
                // Nobody watches.
            }
        };
        try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(file.toByteArray()))) {
            tally = new Replay(config, (t, p) -> inside.add(hex(p)), (t, p) -> outside.add(hex(p)), listener)
                    .run("test", reader)
                    .tally();
        }
    }

    /** Packets a millisecond apart. */
    static Played of(NatConfig config, List<byte[]> packets) throws IOException {
        return of(GatewayConfig.of(config), packets);
    }

    /** Packets a millisecond apart. */
    static Played of(GatewayConfig config, List<byte[]> packets) throws IOException {
        return new Played(config, MILLISECOND, packets);
    }

    /** Packets so many seconds apart. */
    static Played slowly(NatConfig config, int seconds, List<byte[]> packets) throws IOException {
        return new Played(GatewayConfig.of(config), seconds * 1000L * MILLISECOND, packets);
    }

    List<String> reasons() {
        return findings.stream().map(Finding::reason).toList();
    }

    private static String hex(byte... packet) {
        return HexFormat.of().formatHex(packet);
    }
}
