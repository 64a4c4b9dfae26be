package io.github.culvert.nat.conformance;

import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.engine.NatEngine;
import io.github.culvert.nat.event.NatEvent;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.bed.Packets;
import io.github.culvert.nat.testkit.lab.Lab;
import io.github.culvert.nat.testkit.lab.Sent;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A lab whose NAT draws identifiers, with words for filling it up. Its events are kept. */
final class Pool {
    final List<NatEvent> events = new ArrayList<>();
    final Lab lab;

    private Pool(NatConfig config) {
        lab = Lab.around(NatEngine.builder(config)
                .random(new SplittableRandom(1))
                .listener(events::add)
                .build());
    }

    static Pool of(NatConfig config) {
        return new Pool(config);
    }

    static Pool standard() {
        return of(NatBed.config(Packets.EXT1));
    }

    /** An inside host by its last number, 1 to 254. */
    static String host(int number) {
        return "192.168.1." + number;
    }

    /** Opens a flow from an inside endpoint. */
    Sent open(Protocol protocol, String inside) {
        return switch (protocol) {
            case UDP -> lab.udp(inside + " > OUT1:53");
            case TCP -> lab.tcp(inside + " > OUT1:80", TcpFlag.SYN);
            case ICMP -> lab.ping(inside + " > OUT1");
        };
    }

    /** The public port for a UDP flow from an inside endpoint. */
    int udp(String inside) {
        return open(Protocol.UDP, inside).port();
    }

    /** Why a flow is refused, or how it passes. */
    String fate(Protocol protocol, String inside) {
        return open(protocol, inside).all().get(0).toString();
    }

    /** The public address of an inside host. */
    Ipv4Address addressOf(String host) {
        return lab.table().usageOf(Lab.address(host)).orElseThrow().publicAddress();
    }

    /** Has nothing left to draw from 1024 on but some ports. */
    Pool leaving(Protocol protocol, Ipv4Address address, Integer... ports) {
        List<Integer> left = List.of(ports);
        for (int port = 1024; port < 65_536; port++) {
            boolean free =
                    lab.table().mappingAt(protocol, new Endpoint(address, port)).isEmpty();
            if (free && !left.contains(port)) {
                lab.table().reserveForHost(protocol, address, port, port);
            }
        }
        return this;
    }

    /** Lets as much time pass as a UDP session lives. */
    Pool wait5Minutes() {
        lab.bed().clock().pass(301_000_000_000L);
        return this;
    }

    /** Lets all UDP sessions end by time. */
    void expire() {
        wait5Minutes().lab.late();
    }

    /** The events of a kind. */
    <T extends NatEvent> List<T> events(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
