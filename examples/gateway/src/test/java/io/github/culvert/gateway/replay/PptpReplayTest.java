package io.github.culvert.gateway.replay;

import static io.github.culvert.gateway.replay.Packets.EXT1;
import static io.github.culvert.gateway.replay.Packets.IN1;
import static io.github.culvert.gateway.replay.Packets.IN2;
import static io.github.culvert.gateway.replay.Packets.OUT1;
import static io.github.culvert.gateway.replay.Packets.OUT2;
import static io.github.culvert.gateway.replay.PptpTalk.PORT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.gateway.Judges;
import io.github.culvert.gateway.options.NatOptions;
import io.github.culvert.gateway.report.Finding;
import io.github.culvert.gateway.report.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PPTP through the NAT with its ALG, judged by what the judge reads itself. */
class PptpReplayTest {
    private static final String IN3 = "192.168.1.12";

    @TempDir
    Path folder;

    private static Played play(List<byte[]> packets, String... more) throws IOException {
        Stream<String> options = Stream.of("--inside-net=192.168.1.0/24", "--public=" + EXT1, "--enable=pptp");
        return Played.of(
                NatOptions.parse(Stream.concat(options, Stream.of(more)).toArray(String[]::new)), packets);
    }

    private static PptpTalk talk(String host, String server, int port) {
        return new PptpTalk(host + ":" + port, server + PORT, port);
    }

    /** One packet of each in turn. */
    private static List<byte[]> mixed(PptpTalk... talks) {
        List<byte[]> mixed = new ArrayList<>();
        int longest = Arrays.stream(talks)
                .mapToInt(talk -> talk.packets().size())
                .max()
                .orElse(0);
        for (int i = 0; i < longest; i++) {
            for (PptpTalk talk : talks) {
                talk.packets().stream().skip(i).findFirst().ifPresent(mixed::add);
            }
        }
        return mixed;
    }

    private static PptpTalk call(PptpTalk talk, String id, String remoteId) {
        return talk.says(PptpTalk.callRequest(id))
                .getsGre(PptpTalk.greData(id))
                .hears(PptpTalk.callReply(remoteId, id, "01"))
                .says(PptpTalk.linkInfo(remoteId))
                .sendsGre(PptpTalk.greData(remoteId))
                .getsGre(PptpTalk.greAck(id))
                .hears(PptpTalk.wanError(id));
    }

    @Test
    void threeClientsWithOneCallIdAtTwoServers() throws IOException {
        Played played = play(mixed(
                call(talk(IN1, OUT1, 5000).opened(), "1234", "0080"),
                call(talk(IN2, OUT1, 5000).opened(), "1234", "0081"),
                call(talk(IN3, OUT1, 5000).opened(), "1234", "0082"),
                call(talk(IN3, OUT2, 5001).opened(), "1234", "0080")));
        assertThat(played.findings).isEmpty();
        assertThat(played.tally.protocols().get("GRE").asRecorded()).isEqualTo(12);
    }

    @Test
    void severalCallsOfOneConnection() throws IOException {
        PptpTalk talk = talk(IN1, OUT1, 5000).opened();
        call(call(call(talk, "0000", "0007"), "0007", "0008"), "0001", "0009");
        talk.says(PptpTalk.clear("0007")).hears(PptpTalk.disconnect("0008"));
        talk.sendsGre(PptpTalk.greData("0007")).getsGre(PptpTalk.greData("0000"));
        talk.sendsGre(PptpTalk.greData("0009")).getsGre(PptpTalk.greData("0001"));
        assertThat(play(talk.packets()).findings).isEmpty();
    }

    @Test
    void aServerInside() throws IOException {
        PptpTalk talk = new PptpTalk(OUT1 + ":5000", IN1 + PORT, 1000).opened();
        talk.says(PptpTalk.callRequest("1234"))
                .hears(PptpTalk.callReply("0000", "1234", "01"))
                .says(PptpTalk.linkInfo("0000"))
                .sendsGre(PptpTalk.greData("0000"))
                .getsGre(PptpTalk.greData("1234"))
                .says(PptpTalk.clear("1234"))
                .hears(PptpTalk.disconnect("0000"));
        assertThat(play(talk.packets(), "--forward=tcp:1723=" + IN1 + ":1723").findings)
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1", "11", "12", "13", "14", "15", "16", "31"})
    void cutAnywhereAndSentAgain(int cut) throws IOException {
        PptpTalk other = call(talk(IN2, OUT1, 5000).opened(), "0000", "0001");
        PptpTalk talk = talk(IN1, OUT1, 5000).opened();
        String request = PptpTalk.echoRequest() + PptpTalk.callRequest("0000").replace(" ", "");
        inTwo(talk, request.replace(" ", ""), 16 + cut, true);
        talk.saysAt(-184, request);
        inTwo(talk, PptpTalk.callReply("0080", "0000", "01").replace(" ", ""), cut, false);
        talk.hearsAt(
                -20, PptpTalk.callReply("0080", "0000", "01").replace(" ", "").substring(24));
        talk.getsGre(PptpTalk.greData("0000")).sendsGre(PptpTalk.greData("0080"));
        List<byte[]> packets = new ArrayList<>(other.packets());
        packets.addAll(talk.packets());
        assertThat(play(packets).findings).isEmpty();
    }

    private static void inTwo(PptpTalk talk, String digits, int cut, boolean says) {
        for (String part : List.of(digits.substring(0, 2 * cut), digits.substring(2 * cut))) {
            if (says) {
                talk.says(part);
            } else {
                talk.hears(part);
            }
        }
    }

    @Test
    void icmpErrorsAboutGreFindTheirHost() throws IOException {
        PptpTalk one = call(talk(IN1, OUT1, 5000).opened(), "0001", "0080");
        PptpTalk two = call(talk(IN2, OUT1, 5000).opened(), "0001", "0081");
        List<byte[]> packets = mixed(one, two);
        packets.add(Packets.icmp(OUT2, IN1, 3, 0, Packets.other(IN1, OUT1, 47, PptpTalk.greData("0080"))));
        packets.add(Packets.icmp(OUT2, IN2, 3, 0, Packets.other(IN2, OUT1, 47, PptpTalk.greData("0081"))));
        packets.add(Packets.icmp(IN1, OUT1, 3, 0, Packets.other(OUT1, IN1, 47, PptpTalk.greData("0001"))));
        packets.add(Packets.icmp(IN2, OUT1, 3, 0, Packets.other(OUT1, IN2, 47, PptpTalk.greData("0001"))));
        assertThat(play(packets).findings).isEmpty();
    }

    @Test
    void greOfNobodyIsRefusedWithAReason() throws IOException {
        PptpTalk talk = call(talk(IN1, OUT1, 5000).opened(), "0001", "0080");
        talk.getsGre(PptpTalk.greData("0002"))
                .sendsGre(PptpTalk.greData("0081"))
                .getsGre("20000800 00000001");
        Played played = play(talk.packets());
        assertThat(played.tally.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(played.findings).hasSize(3);
    }

    @Test
    void whatIsNoPptpPassesAndOpensNothing() throws IOException {
        PptpTalk talk = talk(IN1, OUT1, 5000).opened().says("474554202F20485454502F312E310D0A");
        talk.says(PptpTalk.callRequest("0001")).getsGre(PptpTalk.greData("0001"));
        assertThat(play(talk.packets()).reasons()).hasSize(1).doesNotContain("WRONG_BYTE", "LOST");
    }

    @Test
    void remotesThatItIsNotForGetNoHelp() throws IOException {
        PptpTalk talk = call(talk(IN1, OUT1, 5000).opened(), "0000", "0080");
        Played played = play(talk.packets(), "--pptp=remotes=" + OUT2 + "/32");
        assertThat(played.tally.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(played.tally.protocols().get("TCP").asRecorded()).isEqualTo(9);
    }

    @Test
    void realClientsWithOneCallIdEachGetTheirOwn() throws IOException {
        Path recording = SampleCapture.find("demo/pptp-equal-ids.pcap");
        Gateway.Ended ended = Gateway.replay(folder, recording, "192.168.77.0/24", EXT1, "--enable", "pptp");
        assertThat(ended.exit()).as(ended.out()).isZero();
        assertThat(ended.out()).contains("PPTP calls");
        List<String> asked = Judges.present("tshark")
                ? Judges.tshark(Gateway.outside(folder), "pptp.call_id", "pptp.control_message_type").stream()
                        .filter(line -> line.endsWith("\t7"))
                        .toList()
                : List.of();
        assertThat(asked).doesNotHaveDuplicates();
    }

    /** What lies beside the project, as client and as server: file, inside, and refusals, if any. */
    @ParameterizedTest
    @CsvSource({
        "pptp-negotiation-pap.pcap, 20.0.0.2/32, 0, ''",
        "pptp-negotiation-pap.pcap, 20.0.0.1/32, 0, ''",
        "pptp-control-dup-segments-callid0.pcap, 10.1.1.11/32, 0, ''",
        "pptp-control-dup-segments-callid0.pcap, 10.1.1.10/32, 0, ''",
        "pptp-gre-inside-6in4-vlan.pcap, 10.0.0.0/8, 0, ''",
        "gre-v1-vlan-sip.pcapng, 10.0.0.0/8, 3, NO_BINDING"
    })
    void recordingsOfOthers(String file, String inside, int exit, String refusals) {
        Path recording = Judges.captureFolder().resolve(file);
        Judges.assumeCapture(recording);
        String host = inside.substring(0, inside.indexOf('/'));
        Gateway.Ended ended = Gateway.replay(
                folder, recording, inside, "203.0.113.9", "--enable=pptp", "--forward=tcp:1723=" + host + ":1723");
        assertThat(ended.exit()).as(ended.out()).isEqualTo(exit);
        assertThat(ended.out()).contains(refusals);
    }

    @Test
    void theReportSaysWhichCallsThereWere() throws IOException {
        Path recording = SampleCapture.find("demo/pptp-equal-ids.pcap");
        Gateway.replay(folder, recording, "192.168.77.0/24", EXT1, "--enable", "pptp");
        Map<String, Object> report = Gateway.json(Files.readString(folder.resolve("report.json")));
        assertThat((List<?>) Gateway.field(report, "calls")).hasSize(3);
        assertThat((Map<?, ?>) Gateway.field(report, "notices")).isEmpty();
    }

    @Test
    void aRecordingWithoutTheSynOfTheServer() throws IOException {
        List<byte[]> packets = new ArrayList<>(
                call(talk(IN1, OUT1, 5000).opened(), "1234", "0080").packets());
        packets.remove(1);
        assertThat(play(packets).findings).extracting(Finding::kind).containsOnly(Finding.Kind.REFUSED);
    }
}
