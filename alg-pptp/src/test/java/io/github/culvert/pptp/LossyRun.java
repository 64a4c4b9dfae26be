package io.github.culvert.pptp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.packet.TcpSegment;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.bed.Delivery;
import io.github.culvert.nat.testkit.lab.Lab;
import io.github.culvert.nat.testkit.lab.Sent;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Several clients with the same Call IDs and one or two servers, over a network that cuts, delays, reorders, doubles and
 * loses segments on both sides of the NAT. In the end it gets better, and all must have been said.
 */
final class LossyRun {
    private static final int MOST_STEPS = 20_000;
    /** Far below the time that a call waits for its reply. */
    private static final double STEP = 0.002;

    private final Site site = new Site();
    private final Random dice;
    private final List<Exchange> exchanges = new ArrayList<>();
    /** Segments on their way to the NAT, and from it. */
    private final List<Ipv4Packet> before = new ArrayList<>();

    private final List<Ipv4Packet> behind = new ArrayList<>();

    private double now;

    LossyRun(long seed) {
        dice = new Random(seed);
        int clients = 2 + dice.nextInt(3);
        int servers = 1 + dice.nextInt(2);
        for (int i = 0; i < clients; i++) {
            Endpoint inside = Lab.endpoint("IN" + (1 + i % 3) + ":" + (4000 + i / 3));
            Endpoint remote = Lab.endpoint("OUT" + (1 + i % servers) + ":1723");
            exchanges.add(connect(inside, remote, 1 + 10 * i));
        }
    }

    private Exchange connect(Endpoint inside, Endpoint remote, int firstPac) {
        Peer opener = new Peer(inside, remote, dice, message -> {});
        Endpoint seen = site.lab.send(opener.syn(TcpFlag.SYN)).source();
        Exchange exchange = new Exchange(inside, seen, remote, firstPac, dice);
        site.lab.send(exchange.server.syn(TcpFlag.SYN, TcpFlag.ACK)).passes();
        site.lab.send(exchange.client.transmit()).passes();
        exchange.begin();
        return exchange;
    }

    void run() {
        for (int i = 0; i < MOST_STEPS && !isDone(); i++) {
            step(i < MOST_STEPS / 20);
            now += STEP;
            site.lab.at(now);
        }
        assertThat(isDone()).as("all was said").isTrue();
        assertThat(site.engine.counters().refused(Refusal.STREAM_INCONSISTENT)).isZero();
        assertThat(site.engine.counters().notices()).isEmpty();
        assertThat(site.status().sessions()).isZero();
        site.lab.at(now + 11).late();
    }

    private boolean isDone() {
        return exchanges.stream().allMatch(Exchange::isDone);
    }

    private void step(boolean bad) {
        if (!bad && dice.nextInt(3) == 0) {
            Exchange exchange = any(exchanges);
            deliver(translate(exchange.client.repeat()));
            deliver(translate(exchange.server.repeat()));
            carry(exchange);
        }
        switch (dice.nextInt(bad ? 8 : 7)) {
            case 0, 1 -> before.add(any(exchanges).client.transmit());
            case 2, 3 -> before.add(any(exchanges).server.transmit());
            case 4, 5 -> move(before, packet -> behind.addAll(translate(packet)));
            case 6 -> move(behind, packet -> deliver(List.of(packet)));
            default -> lose(dice.nextBoolean() ? before : behind);
        }
    }

    private <T> T any(List<T> all) {
        return all.get(dice.nextInt(all.size()));
    }

    private void move(List<Ipv4Packet> from, Consumer<Ipv4Packet> to) {
        if (!from.isEmpty()) {
            int which = dice.nextInt(Math.min(from.size(), 6));
            to.accept(dice.nextInt(6) == 0 ? from.get(which) : from.remove(which));
        }
    }

    private void lose(List<Ipv4Packet> from) {
        if (!from.isEmpty()) {
            from.remove(dice.nextInt(from.size()));
        }
    }

    private List<Ipv4Packet> translate(Ipv4Packet packet) {
        return site.lab.send(packet).all().stream()
                .filter(Delivery::isForwarded)
                .map(Delivery::packet)
                .toList();
    }

    private void deliver(List<Ipv4Packet> packets) {
        for (Ipv4Packet packet : packets) {
            TcpSegment segment = (TcpSegment) packet.transport();
            Endpoint from = new Endpoint(packet.source(), segment.sourcePort());
            Endpoint to = new Endpoint(packet.destination(), segment.destinationPort());
            exchanges.stream()
                    .flatMap(exchange -> List.of(exchange.client, exchange.server).stream())
                    .filter(peer -> peer.from().equals(to) && peer.to().equals(from))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("nobody is at " + to))
                    .take(packet);
        }
    }

    /** GRE of each call that is up arrives at its own two hosts. */
    private void carry(Exchange exchange) {
        String inside = exchange.client.from().address().toString();
        String remote = exchange.client.to().address().toString();
        exchange.up.forEach((id, pac) -> {
            Sent out = site.gre(inside, remote, pac);
            Sent in = site.gre(remote, "EXT1", exchange.outside(id));
            if (exchange.isUp(id)) {
                Site.assertArrives(out, Site.packet("EXT1", remote, pac));
                Site.assertArrives(in, Site.packet(remote, inside, id));
            }
        });
    }
}
