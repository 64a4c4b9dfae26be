package io.github.culvert.nat.conformance;

import static io.github.culvert.nat.testkit.bed.Packets.ipv4;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.Timeouts;
import io.github.culvert.nat.mapping.PortlessSession;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.lab.Lab;
import io.github.culvert.nat.testkit.lab.Sent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Protocols without identifiers, translated by address only (RFC 3715 section 2.2). */
class PortlessTest {
    private static final Octets DATA = Octets.fromHex("00112233445566778899");

    private final Lab lab = Lab.with(
            config -> config.withPortless(Set.of(97)).withIcmp(config.icmp().withAnswers(Set.of())));

    private Sent send(Lab through, int protocol, String from, String to) {
        return through.send(ipv4(Lab.address(from), Lab.address(to))
                .protocol(protocol)
                .payload(DATA)
                .build());
    }

    private Sent send(String from, String to) {
        return send(lab, 97, from, to);
    }

    private static String addresses(Sent sent) {
        return Lab.address("OUT1").equals(sent.packet().destination())
                ? sent.packet().source().toString()
                : sent.packet().destination().toString();
    }

    @Test
    @Tag("NAT-IP-08")
    void onlyAddressesChange() {
        Sent out = send("IN1", "OUT1");
        assertThat(out.packet().source()).isEqualTo(Lab.address("EXT1"));
        assertThat(out.packet().octets().from(20)).isEqualTo(DATA);
        assertThat(addresses(send("OUT1", "EXT1"))).isEqualTo("192.168.1.10");
    }

    @Test
    @Tag("NAT-IP-08")
    void anotherHostWaitsUntilTheRemoteIsFree() {
        send("IN1", "OUT1").passes();
        send("IN2", "OUT1").isRefused(Refusal.PROTOCOL_BUSY);
        send("IN2", "OUT2").passes();
        lab.at(300.1);
        send("IN2", "OUT1").passes();
        assertThat(addresses(send("OUT1", "EXT1"))).isEqualTo("192.168.1.11");
        send("IN1", "OUT1").isRefused(Refusal.PROTOCOL_BUSY);
    }

    @Test
    @Tag("NAT-IP-08")
    void withoutAPolicyNoneIsTranslated() {
        send(Lab.standard(), 97, "IN1", "OUT1").isRefused(Refusal.UNKNOWN_PROTOCOL);
        send(lab, 98, "IN1", "OUT1").isRefused(Refusal.UNKNOWN_PROTOCOL);
    }

    @Test
    void theFirstPacketComesFromTheInside() {
        send("OUT1", "EXT1").isRefused(Refusal.NO_MAPPING);
        send("IN1", "OUT1").passes();
        send("OUT2", "EXT1").isRefused(Refusal.NO_MAPPING);
    }

    @Test
    void bothDirectionsKeepTheSession() {
        Lab two = Lab.with(config ->
                config.withPortless(Set.of(97)).withTimeouts(Timeouts.STANDARD.withPortless(Duration.ofMinutes(2))));
        send(two, 97, "IN1", "OUT1").passes();
        for (int i = 1; i < 5; i++) {
            two.at(100 * i).late();
            send(two, 97, "OUT1", "EXT1").passes();
        }
        two.at(520.1).late();
        send(two, 97, "OUT1", "EXT1").isRefused(Refusal.NO_MAPPING);
    }

    @Test
    void sessionsAreListedAndCanBeClosed() {
        send("IN1", "OUT1").passes();
        send("OUT1", "EXT1").passes();
        List<PortlessSession> list = new ArrayList<>();
        lab.table().forEachPortless(list::add);
        assertThat(list).singleElement().satisfies(session -> {
            assertThat(session.protocol()).isEqualTo(97);
            assertThat(session.inside()).isEqualTo(Lab.address("IN1"));
            assertThat(session.remote()).isEqualTo(Lab.address("OUT1"));
            assertThat(session.inbound().packets()).isEqualTo(1);
        });
        assertThat(lab.table().closePortless(session -> true)).isEqualTo(1);
        send("OUT1", "EXT1").isRefused(Refusal.NO_MAPPING);
        send("IN2", "OUT1").passes();
    }
}
