package io.github.culvert.nat.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.packet.Parsed.Malformed;
import io.github.culvert.nat.packet.Parsed.Valid;
import io.github.culvert.nat.refusal.RefusalKind;
import io.github.culvert.nat.testkit.packet.GoldenPacket;
import io.github.culvert.nat.testkit.packet.PacketAssert;
import io.github.culvert.nat.testkit.packet.PlainSum;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for every golden packet: whole, cut anywhere, and with any byte changed. */
class GoldenPacketTest {
    /** Each bit alone, and all. */
    private static final int[] CHANGES = {0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0xff};

    /** By reflection, so that none is forgotten. */
    private static final ClassValue<List<Method>> ACCESSORS = new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> view) {
            return accessors(view);
        }
    };

    @ParameterizedTest
    @EnumSource
    void parsesWhole(GoldenPacket golden) {
        Ipv4Packet packet = golden.packet();

        assertThat(packet.octets()).isEqualTo(golden.octets());
        assertThat(packet.totalLength()).isEqualTo(golden.octets().length());
        PacketAssert.assertThatPacket(packet).hasRightChecksums();
        readEverything(packet);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("NAT-IP-01")
    void everyShorterPrefixIsMalformed(GoldenPacket golden) {
        for (int length = 0; length < golden.octets().length(); length++) {
            Parsed<Ipv4Packet> parsed = Ipv4Packet.parse(golden.octets().slice(0, length));

            assertThat(parsed).as("%d bytes", length).isInstanceOf(Malformed.class);
            Malformed<Ipv4Packet> malformed = (Malformed<Ipv4Packet>) parsed;
            assertThat(malformed.reason().kind()).isEqualTo(RefusalKind.MALFORMED);
            assertThat(malformed.had()).as("%d bytes", length).isEqualTo(length).isLessThan(malformed.needed());
        }
    }

    /** A prefix of the transport alone, with an IPv4 header that fits it: valid only where the payload is cut. */
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"LAST_FRAGMENT", "UNKNOWN"})
    @Tag("NAT-IP-07")
    void everyPrefixThatCutsTheTransportHeaderIsMalformed(GoldenPacket golden) {
        Ipv4Packet packet = golden.packet();
        int needed = headerBytes(packet);
        for (int length = 0; length < packet.payload().length(); length++) {
            Octets cut = Ipv4Packet.builder()
                    .protocol(packet.protocol())
                    .payload(packet.payload().slice(0, length))
                    .octets();

            Parsed<Ipv4Packet> parsed = Ipv4Packet.parse(cut);
            assertThat(parsed).as("%d bytes", length).isInstanceOf(length < needed ? Malformed.class : Valid.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void noChangedByteThrows(GoldenPacket golden) {
        for (int at = 0; at < golden.octets().length(); at++) {
            for (int bits : CHANGES) {
                byte[] changed = golden.octets().toByteArray();
                changed[at] ^= (byte) bits;
                readIfValid(Octets.of(changed));
                readIfValid(withRightHeaderChecksum(changed));
            }
        }
    }

    private static void readIfValid(Octets octets) {
        if (Ipv4Packet.parse(octets) instanceof Valid<Ipv4Packet> valid) {
            readEverything(valid.value());
        }
    }

    /** So that the change reaches what lies behind the check of the header checksum. */
    private static Octets withRightHeaderChecksum(byte[] changed) {
        byte[] bytes = changed.clone();
        int header = Math.min((bytes[0] & 0xf) * 4, bytes.length);
        if (header >= 20) {
            bytes[10] = 0;
            bytes[11] = 0;
            int sum = PlainSum.checksum(Arrays.copyOf(bytes, header));
            bytes[10] = (byte) (sum >>> 8);
            bytes[11] = (byte) sum;
        }
        return Octets.of(bytes);
    }

    /** Calls every accessor of a valid packet: none may fail. */
    private static void readEverything(Ipv4Packet packet) {
        readAccessors(packet);
        Transport transport = packet.transport();
        readAccessors(transport);
        if (transport instanceof UdpDatagram udp) {
            udp.checksumValid(packet.source(), packet.destination());
        } else if (transport instanceof TcpSegment tcp) {
            tcp.checksumValid(packet.source(), packet.destination());
        } else if (transport instanceof IcmpError error && error.quoted() instanceof Valid<QuotedPacket> quoted) {
            readAccessors(quoted.value());
        }
    }

    private static void readAccessors(Object view) {
        for (Method accessor : ACCESSORS.get(view.getClass())) {
            try {
                if (accessor.invoke(view) == null) {
                    throw new AssertionError(accessor + " of " + view + " gave null");
                }
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(accessor + " of " + view, e);
            }
        }
    }

    private static List<Method> accessors(Class<?> view) {
        return Arrays.stream(view.getMethods())
                .filter(method -> method.getParameterCount() == 0 && !Modifier.isStatic(method.getModifiers()))
                .filter(method -> method.getDeclaringClass().getPackage() == Octets.class.getPackage())
                .toList();
    }

    /** How many bytes of the payload the header and its own length field ask for. */
    private static int headerBytes(Ipv4Packet packet) {
        Transport transport = packet.transport();
        if (transport instanceof UdpDatagram udp) {
            return udp.length();
        }
        if (transport instanceof TcpSegment tcp) {
            return tcp.headerLength();
        }
        if (transport instanceof PlainGre gre) {
            return packet.payload().length() - gre.payload().length();
        }
        if (transport instanceof AhPacket ah) {
            return ah.headerLength();
        }
        if (transport instanceof EnhancedGre || transport instanceof L2tpv3Control) {
            return packet.payload().length();
        }
        return transport instanceof L2tpv3Data ? 4 : 8;
    }
}
