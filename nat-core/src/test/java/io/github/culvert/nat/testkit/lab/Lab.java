package io.github.culvert.nat.testkit.lab;

import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.engine.NatEngine;
import io.github.culvert.nat.engine.NatTable;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.mapping.Session;
import io.github.culvert.nat.mapping.Side;
import io.github.culvert.nat.packet.ChecksumStatus;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Packet;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.packet.TcpFlag;
import io.github.culvert.nat.refusal.Refusal;
import io.github.culvert.nat.testkit.bed.Delivery;
import io.github.culvert.nat.testkit.bed.NatBed;
import io.github.culvert.nat.testkit.bed.Packets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A NAT between the hosts of the standard test bed, in the words of the requirements:
 *
 * <pre>{@code
 * Lab lab = Lab.with(config -> config.withBehaviours(...));
 * lab.udp("IN1:5000 > OUT1:53").arrives("EXT1:5000 > OUT1:53");
 * lab.at(119.9).udp("OUT1:53 > EXT1:5000").arrives("OUT1:53 > IN1:5000");
 * lab.udp("OUT2:9 > EXT1:5000").isRefused(Refusal.FILTERED);
 * }</pre>
 *
 * <p>A packet enters on the side of its source: IN1 to IN3 (192.168.1.10 to .12) inside, all others outside; addresses
 * may be written out. The public address is EXT1 unless more are given. Not safe for use by several threads.
 */
public final class Lab {
    private final NatBed bed;

    private Lab(NatBed bed) {
        this.bed = bed;
    }

    /** The standard lab: all defaults. */
    public static Lab standard() {
        return with(config -> config);
    }

    /** A lab whose configuration differs from the standard one. */
    public static Lab with(UnaryOperator<NatConfig> change) {
        return with(1, change);
    }

    /** A lab with some of the public addresses EXT1 to EXT4. */
    public static Lab with(int publicAddresses, UnaryOperator<NatConfig> change) {
        Ipv4Address[] pool = List.of(Packets.EXT1, Packets.EXT2, Packets.EXT3, Packets.EXT4)
                .subList(0, publicAddresses)
                .toArray(new Ipv4Address[0]);
        return new Lab(NatBed.of(change.apply(NatBed.config(pool))));
    }

    /** A lab around an engine that starts at 0. */
    public static Lab around(NatEngine engine) {
        return new Lab(new NatBed(engine));
    }

    /** Sets the clock, in seconds; nothing that is due is done yet. */
    public Lab at(double seconds) {
        bed.at(seconds);
        return this;
    }

    /** Does all that is due by now; gives what comes out by time. */
    public Sent late() {
        return new Sent(bed.late());
    }

    /** Sends a UDP datagram with four bytes along a route. */
    public Sent udp(String route) {
        return send(udpPacket(route));
    }

    /** Sends a TCP segment without payload along a route. */
    public Sent tcp(String route, TcpFlag... flags) {
        return send(tcpPacket(route, flags));
    }

    /** Sends an echo request, such as {@code IN1:7 > OUT1}, where 7 is the identifier. */
    public Sent ping(String route) {
        return send(Packets.echo(source(route).address(), destination(route).address(), id(source(route))));
    }

    /** Sends an echo reply, such as {@code OUT1 > EXT1:7}, where 7 is the identifier. */
    public Sent pong(String route) {
        return send(
                Packets.echoReply(source(route).address(), destination(route).address(), id(destination(route))));
    }

    /** The packet that {@link #udp} sends. */
    public static Ipv4Packet udpPacket(String route) {
        Endpoint from = source(route);
        Endpoint to = destination(route);
        return Packets.udp(from.address(), id(from), to.address(), id(to));
    }

    /** The packet that {@link #tcp} sends. */
    public static Ipv4Packet tcpPacket(String route, TcpFlag... flags) {
        Endpoint from = source(route);
        Endpoint to = destination(route);
        return Packets.tcp(from.address(), id(from), to.address(), id(to), flags);
    }

    /** Sends a packet from the side of its source. */
    public Sent send(Ipv4Packet packet) {
        return send(Names.side(packet.source()), packet);
    }

    /** Sends a packet from a side. */
    public Sent send(Side from, Ipv4Packet packet) {
        return send(from, packet, ChecksumStatus.VERIFY);
    }

    /** Sends a packet from a side, with what is known about its checksum. */
    public Sent send(Side from, Ipv4Packet packet, ChecksumStatus checksum) {
        return new Sent(bed.sendAll(from, packet.octets(), checksum));
    }

    /** Sends fragments, or whatever else, one after another from a side; gives all that came out. */
    public Sent sendEach(Side from, List<Octets> packets) {
        List<Delivery> all = new ArrayList<>();
        packets.forEach(packet -> all.addAll(bed.sendAll(from, packet, ChecksumStatus.VERIFY)));
        return new Sent(List.copyOf(all));
    }

    /** Opens a TCP connection with the three segments of a handshake; gives the public port of an inside opener. */
    public int connect(String route) {
        int port = tcp(route, TcpFlag.SYN).port();
        String back = Names.route(tcpPacket(destination(route) + " > " + Packets.EXT1 + ":" + port));
        tcp(back, TcpFlag.SYN, TcpFlag.ACK).passes();
        tcp(route, TcpFlag.ACK).passes();
        return port;
    }

    /** The address of a name, such as {@code IN1}, or of its text. */
    public static Ipv4Address address(String name) {
        return Names.address(name);
    }

    /** The endpoint of a text such as {@code EXT1:5000}. */
    public static Endpoint endpoint(String text) {
        return Names.endpoint(text);
    }

    /** The session between two endpoints, such as {@code IN1:5000} and {@code OUT1:53}. */
    public Optional<Session> session(Protocol protocol, String inside, String remote) {
        return table().session(protocol, endpoint(inside), endpoint(remote));
    }

    /** The live sessions. */
    public List<Session> sessions() {
        return bed.sessions();
    }

    /** How often a refusal was counted. */
    public long refused(Refusal reason) {
        return bed.refused(reason);
    }

    /** The NAT table. */
    public NatTable table() {
        return bed.table();
    }

    /** The bed below, for what the lab has no word for. */
    public NatBed bed() {
        return bed;
    }

    private static Endpoint source(String route) {
        return Names.endpoint(route.split(" > ", 2)[0].trim());
    }

    private static Endpoint destination(String route) {
        return Names.endpoint(route.split(" > ", 2)[1].trim());
    }

    private static int id(Endpoint endpoint) {
        return (int) endpoint.identifier();
    }
}
