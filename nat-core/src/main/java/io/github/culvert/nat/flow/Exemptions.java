package io.github.culvert.nat.flow;

import io.github.culvert.nat.config.Exemption;
import io.github.culvert.nat.table.FlowTable;
import io.github.culvert.nat.verdict.Verdict;
import io.github.culvert.nat.wire.AddressBlocks;
import io.github.culvert.nat.wire.IcmpLayout;
import io.github.culvert.nat.wire.Ipv4Layout;
import io.github.culvert.nat.wire.PacketWindow;
import io.github.culvert.nat.wire.TcpLayout;
import io.github.culvert.nat.wire.UdpLayout;
import java.util.List;

/**
 * Traffic that passes untranslated and without state (RFC 6888 REQ-6): between inside hosts and the remotes that the
 * configuration names. What belongs to a session is translated all the same, since that remote came to a public
 * address.
 *
 * <p>A rule for some ports covers UDP and TCP, and the ICMP errors about them; fragments, other ICMP messages and other
 * protocols are covered by rules for all ports only. Costs a step for each rule. Immutable.
 */
final class Exemptions {
    private static final int ALL_PORTS = 0xffff;

    private final Exemption[] rules;
    private final FlowTable table;
    private final Addresses addresses;

    Exemptions(List<Exemption> rules, FlowTable table, Addresses addresses) {
        this.rules = rules.toArray(new Exemption[0]);
        this.table = table;
        this.addresses = addresses;
    }

    /** Whether a packet from the outside may be one of these, as far as its destination says. */
    boolean mayReach(int destination) {
        return rules.length > 0 && addresses.isInside(destination);
    }

    /** Whether a packet without a session passes as it is: its addresses are fine, and its remote is exempt. */
    boolean cover(Header header, int direction) {
        if (rules.length == 0) {
            return false;
        }
        boolean out = direction == Verdict.OUTBOUND;
        int inside = out ? header.source() : header.destination();
        int remote = out ? header.destination() : header.source();
        return addresses.isInside(inside) && isRemote(remote) && isExempt(header, direction, remote);
    }

    private boolean isRemote(int address) {
        return !AddressBlocks.isMartian(address)
                && Addresses.host(address) == Addresses.FINE
                && !addresses.isInside(address)
                && table.publicIndex(address) < 0;
    }

    private boolean isExempt(Header header, int direction, int remote) {
        boolean ports = header.kind == Header.FLOW && header.protocol != IcmpLayout.PROTOCOL;
        int port = direction == Verdict.OUTBOUND ? header.ports & 0xffff : header.ports >>> 16;
        return isExempt(remote, ports, port) || header.kind == Header.ERROR && isAboutExempt(header, direction);
    }

    private boolean isExempt(int remote, boolean hasPorts, int port) {
        for (Exemption rule : rules) {
            if (rule.remote().contains(remote) && holds(rule, hasPorts, port)) {
                return true;
            }
        }
        return false;
    }

    private static boolean holds(Exemption rule, boolean hasPorts, int port) {
        return hasPorts
                ? rule.firstPort() <= port && port <= rule.lastPort()
                : rule.firstPort() == 0 && rule.lastPort() == ALL_PORTS;
    }

    /** Whether an error quotes an exempt packet that went the other way, between an inside host and a remote. */
    private boolean isAboutExempt(Header header, int direction) {
        PacketWindow window = header.window;
        int quoted = header.transport + IcmpLayout.DATA;
        if (header.total < quoted + Ipv4Layout.OPTIONS + UdpLayout.HEADER) {
            return false;
        }
        int source = window.i32(quoted + Ipv4Layout.SOURCE);
        int destination = window.i32(quoted + Ipv4Layout.DESTINATION);
        boolean out = direction == Verdict.OUTBOUND;
        int inside = out ? destination : source;
        int remote = out ? source : destination;
        return inside == (out ? header.source() : header.destination())
                && isRemote(remote)
                && isExemptQuote(window, quoted, remote, out ? 0 : 2, header.total);
    }

    private boolean isExemptQuote(PacketWindow window, int quoted, int remote, int portAt, int total) {
        long word0 = window.i64(quoted + Ipv4Layout.WORD0);
        int protocol = window.u8(quoted + Ipv4Layout.TTL + 1);
        int transport = quoted + Ipv4Layout.headerLength(word0);
        boolean first = !Ipv4Layout.isLaterFragment(Ipv4Layout.fragmentBits(word0));
        boolean known = protocol == UdpLayout.PROTOCOL || protocol == TcpLayout.PROTOCOL;
        boolean ports = known && first && total >= transport + UdpLayout.HEADER;
        return isExempt(remote, ports, ports ? window.u16(transport + portAt) : 0);
    }
}
