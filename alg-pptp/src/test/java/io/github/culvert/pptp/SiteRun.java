package io.github.culvert.pptp;

import static io.github.culvert.nat.mapping.Direction.INBOUND;
import static io.github.culvert.nat.mapping.Direction.OUTBOUND;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.engine.Gauge;
import io.github.culvert.nat.event.NatEvent;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.testkit.bed.Delivery;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.bed.Packets;
import io.github.culvert.nat.testkit.lab.Lab;
import io.github.culvert.nat.testkit.lab.TcpTalk;
import io.github.culvert.pptp.Link.LinkCall;
import io.github.culvert.pptp.Link.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Clients, servers and calls that begin and end at random, held to a model: GRE of a call that is up arrives, that of one
 * that is gone does not, none ever gets to anybody else, and in the end nothing is left.
 */
final class SiteRun {
    private static final List<String> REMOTES = List.of("OUT1", "OUT2");
    private static final int MOST_LINKS = 12;
    private static final StaticForward FORWARD =
            new StaticForward(Protocol.TCP, Lab.endpoint("EXT1:1723"), Lab.endpoint("IN3:1723"));

    private final Random dice;
    private final List<Link> links = new ArrayList<>();
    private final Site site = new Site(PptpConfig.STANDARD, NatBed.config(Packets.EXT1, Packets.EXT2), this::told);
    private double now;
    private int begun;
    private int ended;
    private int ports = 2000;
    private boolean on = true;
    private boolean forward;
    /** The public address beside the first one, of which there are two in turn; null if there is none. */
    private @Nullable Ipv4Address second = Packets.EXT2;

    private int hosts = 100;

    SiteRun(long seed) {
        dice = new Random(seed);
    }

    private void told(NatEvent event) {
        if (event instanceof NatEvent.SessionCreated || event instanceof NatEvent.PortlessCreated) {
            begun++;
        } else if (event instanceof NatEvent.SessionClosed || event instanceof NatEvent.PortlessClosed) {
            ended++;
        }
    }

    /** Does so many steps, then lets all end. */
    void run(int steps) {
        for (int i = 0; i < steps; i++) {
            step();
            check();
        }
        finish();
    }

    private void step() {
        int what = dice.nextInt(30);
        if (what < 4) {
            open();
        } else if (what < 6) {
            pass(1 + dice.nextInt(70));
        } else if (what == 6) {
            change();
        } else if (!links.isEmpty()) {
            Link link = links.get(dice.nextInt(links.size()));
            if (link.stage == Stage.TALKS && what < 24) {
                talk(link);
            } else if (link.stage != Stage.OVER && what >= 26) {
                end(link);
            }
        }
    }

    private void pass(double seconds) {
        now += seconds;
        site.lab.at(now).late();
    }

    private void open() {
        if (links.stream().filter(link -> link.stage != Stage.OVER).count() >= MOST_LINKS) {
            return;
        }
        String remote = REMOTES.get(dice.nextInt(2));
        if (forward && dice.nextInt(3) == 0) {
            String route = remote + ":" + ports++ + " > EXT1:1723";
            start(new Link(TcpTalk.accept(site.lab, route, "IN3:1723"), route, "IN3", remote, "EXT1", true));
        } else {
            String inside = "IN" + (1 + dice.nextInt(3));
            dial(inside + ":" + ports++ + " > " + remote + ":1723", inside, remote);
        }
    }

    private void dial(String route, String inside, String remote) {
        TcpTalk talk = TcpTalk.open(site.lab, route);
        String outer = site.lab
                .session(Protocol.TCP, route.split(" > ")[0], remote + ":1723")
                .orElseThrow()
                .outside()
                .address()
                .toString();
        start(new Link(talk, route, inside, remote, outer, false));
    }

    private void start(Link link) {
        links.add(link);
        if (!on) {
            link.stage = Stage.STUCK;
            link.followed = false;
            return;
        }
        Direction dialled = link.served ? INBOUND : OUTBOUND;
        says(link, dialled, Messages.startRequest());
        says(link, dialled == OUTBOUND ? INBOUND : OUTBOUND, Messages.startReply());
    }

    private static Octets says(Link link, Direction direction, Octets message) {
        return direction == OUTBOUND ? link.talk.out(message) : link.talk.in(message);
    }

    private void talk(Link link) {
        List<LinkCall> up = link.calls.stream()
                .filter(call -> call.goneAt == Double.MAX_VALUE)
                .toList();
        int what = dice.nextInt(10);
        if (what < 3 && up.size() < 10) {
            request(link);
        } else if (what == 3) {
            assertThat(link.talk.out(Messages.echoRequest())).isEqualTo(Messages.echoRequest());
            up.stream()
                    .filter(call -> call.sureUntil > now && call.remoteId >= 0)
                    .forEach(call -> call.sureUntil = now + 299);
        } else if (what == 4) {
            stick(link);
        } else if (!up.isEmpty()) {
            use(up.get(dice.nextInt(up.size())));
        }
    }

    /** The inside host asks for a call, or answers one. */
    private void request(Link link) {
        int insideId = link.ids++ * 256 + dice.nextInt(3);
        if (link.served) {
            int remoteId = 0x5000 + link.ids;
            link.talk.in(Messages.outgoingRequest(remoteId));
            LinkCall call = new LinkCall(
                    link,
                    insideId,
                    link.talk.out(Messages.outgoingReply(insideId, remoteId)).u16(12));
            call.remoteId = remoteId;
            call.sureUntil = now + 299;
            link.calls.add(call);
        } else {
            LinkCall call = new LinkCall(
                    link,
                    insideId,
                    link.talk.out(Messages.outgoingRequest(insideId)).u16(12));
            call.sureUntil = now + 59;
            link.calls.add(call);
        }
    }

    private void use(LinkCall call) {
        TcpTalk talk = call.link.talk;
        if (call.link.served) {
            // the outside PNS clears, the inside PAC says when it has
            if (dice.nextBoolean()) {
                talk.in(Messages.clear(call.remoteId));
                call.gone(now + 61);
            } else {
                assertThat(talk.out(Messages.disconnect(call.insideId)).u16(12)).isEqualTo(call.outsideId);
                call.gone(now);
            }
        } else if (call.remoteId < 0) {
            answer(call);
        } else if (dice.nextBoolean()) {
            assertThat(talk.out(Messages.clear(call.insideId)).u16(12)).isEqualTo(call.outsideId);
            call.gone(now + 61);
        } else {
            talk.in(Messages.disconnect(call.remoteId));
            call.gone(now);
        }
    }

    private void answer(LinkCall call) {
        boolean good = dice.nextInt(4) > 0;
        int remoteId = 0x6000 + call.link.ids * 256 + call.link.calls.indexOf(call);
        Octets reply = Messages.outgoingReply(remoteId, call.outsideId, good ? Messages.GOOD : Messages.REFUSED);
        assertThat(call.link.talk.in(reply)).isEqualTo(Messages.put16(reply, 14, call.insideId));
        if (good) {
            call.remoteId = remoteId;
            call.sureUntil = call.sureUntil > now ? now + 299 : 0;
        } else {
            call.gone(now);
        }
    }

    /** The inside host stops in the middle of a call message, or sends what cannot be read yet. */
    private void stick(Link link) {
        link.stage = Stage.STUCK;
        if (link.served) {
            link.talk.in(Messages.outgoingRequest(0x4fff));
            link.talk.out(Messages.outgoingReply(3, 0x4fff).slice(0, 12 + dice.nextInt(3)));
        } else if (dice.nextBoolean()) {
            link.talk.out(Messages.outgoingRequest(3).slice(0, 12 + dice.nextInt(100)));
        } else {
            long position = link.talk.sent(OUTBOUND) + 9;
            link.talk.again(OUTBOUND, position, Messages.outgoingRequest(3)).isSilent();
        }
    }

    private void end(Link link) {
        switch (link.stage == Stage.RESET ? 5 : dice.nextInt(6)) {
            case 0 -> {
                link.talk.close();
                link.over(now);
            }
            case 1 -> {
                link.talk.reset(dice.nextBoolean() ? INBOUND : OUTBOUND);
                link.gone(now + 242);
                link.stage = Stage.RESET;
            }
            case 2 -> {
                if (link.stage == Stage.TALKS) {
                    link.talk.out(Messages.stopRequest());
                    link.talk.in(Messages.stopReply());
                    link.gone(now);
                    link.stage = Stage.STUCK;
                }
            }
            case 3 -> {
                site.engine
                        .table()
                        .closeSessions(session -> session.remote().address().equals(Lab.address(link.remote))
                                && session.inside().address().equals(Lab.address(link.inside)));
                links.stream()
                        .filter(other -> other.inside.equals(link.inside) && other.remote.equals(link.remote))
                        .forEach(other -> other.over(now));
                site.lab.late();
            }
            case 4 -> {
                if (link.stage == Stage.TALKS && on) {
                    link.talk.out(TcpTalk.letters("GET / HTTP/1.1\r\n"));
                    link.gone(now);
                    link.stage = Stage.STUCK;
                }
            }
            default -> again(link);
        }
    }

    /** Another connection between the same ports, once the first has ended. */
    private void again(Link link) {
        if (link.stage == Stage.RESET && !link.served && link.followed) {
            // what was held is given back
            pass(11);
            link.over(now);
            dial(link.route, link.inside, link.remote);
        }
    }

    /** The owner of the network changes something. */
    private void change() {
        switch (dice.nextInt(6)) {
            case 0, 1 -> {
                on = !on;
                if (on) {
                    site.engine.table().enable("pptp");
                } else {
                    site.engine.table().disable("pptp");
                    links.forEach(link -> link.gone(now));
                    links.stream().filter(link -> link.stage == Stage.TALKS).forEach(link -> link.stage = Stage.STUCK);
                }
            }
            case 2, 3 -> {
                forward = !forward;
                if (forward) {
                    site.engine.table().addForward(FORWARD);
                } else {
                    site.engine.table().removeForward(FORWARD);
                    links.stream().filter(link -> link.served).forEach(link -> link.over(now));
                }
            }
            default -> {
                changeAddress();
            }
        }
        site.lab.late();
    }

    private void changeAddress() {
        Ipv4Address removed = second;
        if (removed == null) {
            second = dice.nextBoolean() ? Packets.EXT2 : Packets.EXT3;
            site.engine.table().addPublicAddress(second);
        } else {
            second = null;
            site.engine.table().removePublicAddress(removed);
            links.stream().filter(link -> link.outer.equals(removed.toString())).forEach(link -> link.over(now));
            if (dice.nextBoolean()) {
                // at once: nothing of the old one may fall to the new one
                changeAddress();
            }
        }
    }

    private boolean isPublic(String address) {
        return Lab.address(address).equals(Packets.EXT1) || Lab.address(address).equals(second);
    }

    private void check() {
        for (Link link : links) {
            for (LinkCall call : link.calls) {
                if (call.sureUntil > now || call.goneAt <= now && !call.isChecked) {
                    check(call);
                }
            }
        }
    }

    private void check(LinkCall call) {
        Ipv4Packet in = Site.packet(call.link.remote, call.link.outer, call.outsideId);
        if (!isPublic(call.link.outer)) {
            return;
        }
        Delivery came = site.lab.send(in).one();
        if (call.sureUntil > now) {
            assertThat(came.isForwarded()).as("%s at %s", came, now).isTrue();
            Ipv4Packet expected = Site.packet(call.link.remote, call.link.inside, call.insideId);
            assertThat(came.packet().destination()).isEqualTo(expected.destination());
            assertThat(came.packet().transport()).isEqualTo(expected.transport());
            if (call.remoteId >= 0) {
                site.gre(call.link.inside, call.link.remote, call.remoteId).passes();
                call.sureUntil = call.goneAt == Double.MAX_VALUE ? now + 299 : call.sureUntil;
            }
        } else {
            call.isChecked = true;
            assertThat(came.isForwarded() && !isTaken(call))
                    .as("%s at %s", came, now)
                    .isFalse();
        }
    }

    /** Whether another call has the Call ID of one that is gone: not before its rest is over. */
    private boolean isTaken(LinkCall gone) {
        return links.stream()
                .flatMap(link -> link.calls.stream())
                .anyMatch(call -> call.goneAt > now
                        && call.outsideId == gone.outsideId
                        && call.link.remote.equals(gone.link.remote)
                        && call.link.outer.equals(gone.link.outer));
    }

    private void finish() {
        site.engine.table().removeForward(FORWARD);
        for (int i = 0; i < 4; i++) {
            pass(30_000);
        }
        assertThat(site.status().sessions()).isZero();
        assertThat(site.status().channels()).isZero();
        for (Gauge gauge : new Gauge[] {Gauge.CHANNELS, Gauge.SESSIONS, Gauge.HOSTS, Gauge.STREAM_BYTES}) {
            assertThat(site.engine.counters().gauge(gauge)).as("%s", gauge).isZero();
        }
        assertThat(begun).isEqualTo(ended);
        assertThat(site.lab.bed().advance()).isEqualTo(Long.MAX_VALUE);
        assertThat(site.engine.counters().notices()).doesNotContainKey("ALG_FAILED");
        allIdsAreFree();
    }

    /** Whatever Call ID was used is free again, and 3, which was only asked for. */
    private void allIdsAreFree() {
        site.engine.table().enable("pptp");
        for (Link link : List.copyOf(links)) {
            if (isPublic(link.outer)) {
                List<Integer> ids = new ArrayList<>(List.of(3));
                link.calls.forEach(call -> ids.add(call.outsideId));
                ids.stream().distinct().limit(6).forEach(id -> isFree(link, id));
            }
        }
    }

    private void isFree(Link link, int id) {
        TcpTalk talk = newHostAt(link.outer, link.remote + ":1723");
        Site.start(talk);
        assertThat(talk.out(Messages.outgoingRequest(id)).u16(12)).isEqualTo(id);
        talk.in(Messages.outgoingReply(0, id, Messages.REFUSED));
        pass(61);
    }

    private TcpTalk newHostAt(String outer, String remote) {
        while (true) {
            String inside = "192.168.1." + (100 + hosts++ % 100) + ":" + ports++;
            TcpTalk talk = TcpTalk.open(site.lab, inside + " > " + remote);
            Ipv4Address at = site.lab
                    .session(Protocol.TCP, inside, remote)
                    .orElseThrow()
                    .outside()
                    .address();
            if (at.equals(Lab.address(outer))) {
                return talk;
            }
        }
    }
}
