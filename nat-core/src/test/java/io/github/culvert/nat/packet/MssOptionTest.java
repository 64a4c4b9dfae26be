package io.github.culvert.nat.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.testkit.bed.Packets;
import io.github.culvert.nat.testkit.packet.PacketAssert;
import io.github.culvert.nat.wire.HeaderWords;
import io.github.culvert.nat.wire.PacketWindow;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The MSS option among others, whole and broken. */
class MssOptionTest {
    private static Ipv4Packet packet(Octets options) {
        return Packets.ipv4(Packets.IN1, Packets.OUT1)
                .transport(
                        TcpSegment.builder().flags(TcpFlag.SYN).options(options).payload(Octets.fromHex("02040fff")))
                .build();
    }

    private static Ipv4Packet lowered(Ipv4Packet packet, int most) {
        byte[] bytes = packet.octets().toByteArray();
        PacketWindow window = new PacketWindow();
        window.open(bytes, 0, bytes.length);
        HeaderWords words = new HeaderWords(window);
        words.readChecked();
        MssOption.lower(words, most, ChecksumStatus.VERIFY);
        Ipv4Packet out = new Ipv4Packet(Octets.of(bytes));
        assertThat(words.row4).isEqualTo(out.octets().i32(36));
        return out;
    }

    /** Lowered to 1000, which is 03e8. */
    @ParameterizedTest
    @CsvSource({
        "020405b4, 020403e8",
        "0103030702040fff, 01030307020403e8",
        "01020405b4010101, 01020403e8010101",
        "0402080a0000000100000000010205b4, 0402080a0000000100000000010205b4",
        "020405b4020405b5, 020403e8020403e8",
        "020403e9, 020403e8",
        "020403e8, 020403e8",
        "02040000, 02040000",
        // after the end there are no options
        "00020405b4000000, 00020405b4000000",
        // another length makes it another thing
        "020605b405b40101, 020605b405b40101",
        "020305b4020405b4, 020305b4020405b4",
        // lengths of 0 and 1, and beyond the header
        "020005b4020405b4, 020005b4020405b4",
        "030105b4020405b4, 030105b4020405b4",
        "01010204, 01010204",
        "01010102, 01010102",
        "030905b4020405b4, 030905b4020405b4",
    })
    void isFoundWhereItIs(String options, String after) {
        Ipv4Packet out = lowered(packet(Octets.fromHex(options)), 1000);
        assertThat(((TcpSegment) out.transport()).options()).isEqualTo(Octets.fromHex(after));
        PacketAssert.assertThatPacket(out).hasRightChecksums();
    }

    /** Mostly bytes that mean something as a kind or a length. */
    private static Octets options(SplittableRandom random) {
        byte[] bytes = new byte[4 * random.nextInt(11)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (random.nextInt(4) == 0 ? random.nextInt(256) : random.nextInt(6));
        }
        return Octets.of(bytes);
    }

    /** Whatever the options are: nothing beyond them changes but the checksum, which is right. */
    @Property(tries = 2000)
    void anyOptions(@ForAll long seed, @ForAll @IntRange(min = 28, max = 65_495) int most) {
        Octets options = options(new SplittableRandom(seed));
        Ipv4Packet before = packet(options);
        Ipv4Packet out = lowered(before, most);
        int end = 40 + options.length();
        PacketAssert.assertThatPacket(out).hasRightChecksums();
        assertThat(out.octets().slice(0, 36)).isEqualTo(before.octets().slice(0, 36));
        assertThat(out.octets().from(end)).isEqualTo(before.octets().from(end));
        assertThat(lowered(out, most)).isEqualTo(out);
    }
}
