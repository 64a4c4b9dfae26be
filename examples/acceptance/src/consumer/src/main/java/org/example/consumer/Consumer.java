package org.example.consumer;

import io.github.culvert.ipsec.IkeExchangeType;
import io.github.culvert.ipsec.IkeVersion;
import io.github.culvert.l2tp.L2tpMessageType;
import io.github.culvert.nat.engine.NatEngine;
import io.github.culvert.nat.engine.Outcome;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Ipv4Prefix;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.pptp.PptpAlg;
import io.github.culvert.pptp.PptpConfig;
import io.github.culvert.pptp.PptpMessageType;
import java.util.List;

/** Uses something of each published module and prints it. */
public final class Consumer {
    private Consumer() {}

    public static void main(String[] args) {
        System.out.println("consumer runs in " + Consumer.class.getModule());
        System.out.println("nat-core runs in " + NatEngine.class.getModule());
        translate();
        passPptp();
        System.out.println("alg-pptp: " + PptpMessageType.of(7));
        System.out.println("alg-l2tp: " + L2tpMessageType.of(1));
        System.out.println("alg-ipsec: " + IkeExchangeType.of(IkeVersion.V2, 34));
    }

    /** A NAT that lets PPTP through: two lines more. */
    private static void passPptp() {
        var config = NatConfig.of(
                List.of(Ipv4Prefix.parse("192.168.1.0/24")), List.of(Ipv4Address.parse("203.0.113.1")));
        try (NatEngine nat = NatEngine.builder(config)
                .alg(PptpAlg.of(PptpConfig.STANDARD.withCallsPerHost(8)))
                .build()) {
            nat.table().algs().forEach(alg -> System.out.println("ALG " + alg.name() + " is on: " + alg.on()));
            nat.table().disable("pptp");
            nat.table().algs().forEach(alg -> System.out.println("ALG " + alg.name() + " is on: " + alg.on()));
        }
    }

    private static void translate() {
        // quick start
        var config = NatConfig.of(
                List.of(Ipv4Prefix.parse("192.168.1.0/24")), List.of(Ipv4Address.parse("203.0.113.1")));
        long now = System.nanoTime();
        try (NatEngine nat = NatEngine.builder(config).startNanos(now).build()) {
            Ipv4Packet packet = Ipv4Packet.builder()
                    .source("192.168.1.10")
                    .destination("198.51.100.7")
                    .udp(5000, 53, Octets.fromHex("61626364"))
                    .build();
            for (Outcome outcome : nat.translate(packet, Side.INSIDE, ChecksumStatus.VERIFY, now)) {
                if (outcome instanceof Outcome.ToOutside out) {
                    System.out.println(packet.source() + " goes out as " + out.packet().source());
                }
            }
        }
        // quick start
    }
}
