package io.github.culvert.gateway.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.gateway.capture.CaptureException;
import io.github.culvert.gateway.capture.CaptureReader;
import io.github.culvert.gateway.options.GatewayConfig;
import io.github.culvert.gateway.options.NatOptions;
import io.github.culvert.gateway.report.Finding;
import io.github.culvert.gateway.report.Verdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds for every recording with PPTP in it. */
class PptpPropertiesTest {
    private static final String[] SERVERS = {"198.51.100.7:1723", "198.51.100.8:1723"};

    private final List<Finding> findings = new ArrayList<>();

    /**
     * A client that places calls.
     *
     * @param cuts how many bytes go into each segment, in turn
     * @param again whether each segment is sent again, together with the one before
     */
    record Client(int host, int server, int calls, List<Integer> cuts, boolean again) {
        String pair() {
            return host + " " + server;
        }

        PptpTalk talk(int port, int firstId) {
            PptpTalk talk = new PptpTalk("192.168.77." + host + ":" + port, SERVERS[server], port * 1000).opened();
            for (int i = 0; i < calls; i++) {
                call(talk, hex(firstId + i), hex(port + i));
            }
            for (int i = 0; i < calls; i++) {
                talk.sendsGre(PptpTalk.greData(hex(port + i))).getsGre(PptpTalk.greData(hex(firstId + i)));
                stream(talk, true, PptpTalk.clear(hex(firstId + i)));
                stream(talk, false, PptpTalk.disconnect(hex(port + i)));
            }
            return talk.closed();
        }

        private void call(PptpTalk talk, String id, String remoteId) {
            stream(talk, true, PptpTalk.echoRequest() + PptpTalk.callRequest(id));
            talk.getsGre(PptpTalk.greAck(id));
            stream(talk, false, PptpTalk.callReply(remoteId, id, "01") + PptpTalk.wanError(id));
            stream(talk, true, PptpTalk.linkInfo(remoteId));
            talk.sendsGre(PptpTalk.greAck(remoteId));
        }

        private void stream(PptpTalk talk, boolean says, String message) {
            String digits = message.replace(" ", "");
            int before = 0;
            for (int at = 0, i = 0; at < digits.length(); i++) {
                int end = Math.min(digits.length(), at + 2 * cuts.get(i % cuts.size()));
                send(talk, says, digits.substring(at, end));
                if (again) {
                    sendAgain(talk, says, digits.substring(before, end));
                }
                before = at;
                at = end;
            }
        }

        private static void send(PptpTalk talk, boolean says, String digits) {
            if (says) {
                talk.says(digits);
            } else {
                talk.hears(digits);
            }
        }

        private static void sendAgain(PptpTalk talk, boolean says, String digits) {
            if (says) {
                talk.saysAt(-digits.length() / 2, digits);
            } else {
                talk.hearsAt(-digits.length() / 2, digits);
            }
        }

        private static String hex(int id) {
            return String.format("%04X", id & 0xffff);
        }
    }

    @Provide
    Arbitrary<Client> clients() {
        return Combinators.combine(
                        Arbitraries.integers().between(11, 14),
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.integers()
                                .between(1, 200)
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(4),
                        Arbitraries.of(true, false))
                .as(Client::new);
    }

    @Property(tries = 60)
    void whatClientsDoComesOutAsRecorded(
            @ForAll @Size(min = 1, max = 6) List<@From("clients") Client> clients, @ForAll @IntRange(max = 2) int first)
            throws IOException {
        int[] firstIds = {0, 4660, 0xfffe};
        Map<String, Integer> ids = new HashMap<>();
        List<List<byte[]>> talks = new ArrayList<>();
        for (Client client : clients) {
            int id = ids.merge(client.pair(), client.calls(), Integer::sum) - client.calls();
            talks.add(client.talk(5000 + talks.size(), firstIds[first] + id).packets());
        }
        List<byte[]> mixed = new ArrayList<>();
        int longest = talks.stream().mapToInt(List::size).max().orElse(0);
        for (int i = 0; i < longest; i++) {
            for (List<byte[]> talk : talks) {
                talk.stream().skip(i).findFirst().ifPresent(mixed::add);
            }
        }
        Played played = Played.of(config(), mixed);
        assertThat(played.findings).isEmpty();
        assertThat(played.tally.packetsAsRecorded()).isEqualTo(mixed.size());
    }

    @Property(tries = 300)
    void damageIsExplained(@ForAll @Size(max = 60) List<@IntRange(max = 1 << 20) Integer> where) throws IOException {
        byte[] file = recording();
        where.forEach(at -> file[at % file.length] ^= (byte) (1 + at * 31 % 255));
        findings.clear();
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
        try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(file))) {
            Replay.withoutFiles(config(), listener).run("test", reader);
        } catch (CaptureException e) {
            return;
        }
        assertThat(findings)
                .filteredOn(f -> f.kind().verdict() == Verdict.WRONG)
                .isEmpty();
    }

    private static GatewayConfig config() {
        return NatOptions.parse("--inside-net=192.168.77.0/24", "--public=203.0.113.1", "--enable=pptp");
    }

    private static byte[] recording() throws IOException {
        String name = "/io/github/culvert/gateway/demo/pptp-equal-ids.pcap";
        try (InputStream stream = Objects.requireNonNull(PptpPropertiesTest.class.getResourceAsStream(name), name)) {
            return stream.readAllBytes();
        }
    }
}
