package io.github.culvert.nat.wire;

import io.github.culvert.nat.refusal.Layer;
import io.github.culvert.nat.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Checks the headers of a packet completely: the IPv4 header (RFC 1812 section 5.2.2), its options and the header of
 * its transport. The only validator: parsing, the data path and explanations all use it.
 *
 * <p>Says what is wrong in primitives, so that it allocates nothing; make one and use it again and again. Not safe for
 * use by several threads. Martian addresses, source routes and fragments are not malformed: what to do with them is for
 * the caller to decide. So is version 6, which must be looked for before.
 */
public final class HeaderCheck {
    private @Nullable Refusal refusal;
    private Layer layer = Layer.IPV4;
    private int offset;
    private int needed;
    private int had;
    private int headerLength;
    private int totalLength;
    private boolean sourceRoute;

    /** A check that has seen no packet. */
    public HeaderCheck() {}

    /**
     * Checks a packet. Bytes after its total length are padding of the link: they are not looked at, and
     * {@link #totalLength()} says where to cut.
     *
     * @param packet the packet, IPv4 header first
     * @return true if it is well formed; false if the accessors say why not
     */
    public boolean passes(PacketWindow packet) {
        refusal = null;
        sourceRoute = false;
        return passesFixed(packet) && passesChecksum(packet) && passesOptions(packet) && passesPayload(packet);
    }

    /**
     * Checks a transport header alone.
     *
     * @param transport what follows the IPv4 header
     * @param protocol the protocol of the IPv4 header, 0 to 255; an unknown one always passes
     * @param extent how much of the datagram it is
     * @return true if it is well formed; false if the accessors say why not, with offsets from the transport header
     */
    public boolean passesTransport(PacketWindow transport, int protocol, Extent extent) {
        refusal = null;
        return TransportCheck.passes(this, transport, protocol, 0, transport.length(), extent);
    }

    /**
     * Checks an IPv4 header that an ICMP error quotes: it must be there whole. What follows may be cut, its lengths and
     * checksums may have been changed on the way (RFC 5508 section 4.2 asks for no more).
     *
     * @param quoted the quoted packet, IPv4 header first
     * @return true if the header is whole; false if the accessors say why not, with offsets from the quoted header
     */
    public boolean passesQuoted(PacketWindow quoted) {
        refusal = null;
        sourceRoute = false;
        layer = Layer.QUOTED_IPV4;
        if (!passesVersion(quoted)) {
            return false;
        }
        return headerLength <= quoted.length()
                || refuse(Refusal.CUT_SHORT, Layer.QUOTED_IPV4, Ipv4Layout.VERSION, headerLength, quoted.length());
    }

    private boolean passesFixed(PacketWindow packet) {
        layer = Layer.IPV4;
        if (!passesVersion(packet)) {
            return false;
        }
        totalLength = Ipv4Layout.totalLength(packet.i64(Ipv4Layout.WORD0));
        if (totalLength < headerLength) {
            return refuse(Refusal.BAD_TOTAL_LENGTH, layer, Ipv4Layout.TOTAL_LENGTH, headerLength, totalLength);
        }
        return totalLength <= packet.length()
                || refuse(Refusal.CUT_SHORT, layer, Ipv4Layout.TOTAL_LENGTH, totalLength, packet.length());
    }

    private boolean passesVersion(PacketWindow packet) {
        if (packet.length() < Ipv4Layout.OPTIONS) {
            return refuse(Refusal.SHORT_IP_HEADER, layer, Ipv4Layout.VERSION, Ipv4Layout.OPTIONS, packet.length());
        }
        long word0 = packet.i64(Ipv4Layout.WORD0);
        int version = Ipv4Layout.version(word0);
        if (version != Ipv4Layout.VERSION_4) {
            return refuse(Refusal.BAD_IP_VERSION, layer, Ipv4Layout.VERSION, Ipv4Layout.VERSION_4, version);
        }
        headerLength = Ipv4Layout.headerLength(word0);
        return headerLength >= Ipv4Layout.OPTIONS
                || refuse(Refusal.BAD_HEADER_LENGTH, layer, Ipv4Layout.VERSION, Ipv4Layout.OPTIONS, headerLength);
    }

    private boolean passesChecksum(PacketWindow packet) {
        long sum = packet.sum(0, headerLength);
        if (Checksum.fold(sum) == 0xffff) {
            return true;
        }
        int found = packet.u16(Ipv4Layout.CHECKSUM);
        int right = Checksum.ofSum(sum + Checksum.inverse(found));
        return refuse(Refusal.BAD_IP_CHECKSUM, layer, Ipv4Layout.CHECKSUM, right, found);
    }

    private boolean passesOptions(PacketWindow packet) {
        int at = Ipv4Layout.OPTIONS;
        while (at < headerLength) {
            int type = packet.u8(at + OptionLayout.TYPE);
            if (type == OptionLayout.END) {
                return true;
            }
            int length = optionLength(packet, type, at);
            if (length == 0) {
                return false;
            }
            sourceRoute |= OptionLayout.isSourceRoute(type);
            at += length;
        }
        return true;
    }

    /** The length of the option at an offset, or 0 if it is refused. */
    private int optionLength(PacketWindow packet, int type, int at) {
        if (OptionLayout.isSingleByte(type)) {
            return 1;
        }
        int left = headerLength - at;
        int length = left < OptionLayout.DATA ? left : packet.u8(at + OptionLayout.LENGTH);
        if (length < OptionLayout.DATA) {
            refuse(Refusal.BAD_OPTION, Layer.IPV4_OPTION, at, OptionLayout.DATA, length);
            return 0;
        }
        if (length > left) {
            refuse(Refusal.BAD_OPTION, Layer.IPV4_OPTION, at, length, left);
            return 0;
        }
        return length;
    }

    private boolean passesPayload(PacketWindow packet) {
        int fragment = Ipv4Layout.fragmentBits(packet.i64(Ipv4Layout.WORD0));
        if (Ipv4Layout.isLaterFragment(fragment)) {
            return true;
        }
        Extent extent = Ipv4Layout.isFragment(fragment) ? Extent.FIRST_PART : Extent.WHOLE;
        int protocol = Ipv4Layout.protocol(packet.i64(Ipv4Layout.WORD1));
        return TransportCheck.passes(this, packet, protocol, headerLength, totalLength - headerLength, extent);
    }

    /** Notes what is wrong. Always false, so that a check can end with it. */
    boolean refuse(Refusal why, Layer where, int at, int need, int have) {
        refusal = why;
        layer = where;
        offset = at;
        needed = need;
        had = have;
        return false;
    }

    /**
     * Why the last packet did not pass.
     *
     * @return the reason, or null if it passed
     */
    public @Nullable Refusal refusal() {
        return refusal;
    }

    /**
     * Whether the IPv4 header of the last packet is right, with all its options, whatever follows it.
     *
     * @return true if the packet passed, or its transport header is at fault
     */
    public boolean passesNetwork() {
        return refusal == null || layer != Layer.IPV4 && layer != Layer.IPV4_OPTION;
    }

    /**
     * Where the last packet contradicts itself.
     *
     * @return the header at fault; meaningless if the packet passed
     */
    public Layer layer() {
        return layer;
    }

    /**
     * Where the field at fault stands.
     *
     * @return its offset from the first byte that was checked; meaningless if the packet passed
     */
    public int offset() {
        return offset;
    }

    /**
     * What would have been right: a length in bytes, or a value of the field.
     *
     * @return the smallest length or the value that was needed; meaningless if the packet passed
     */
    public int needed() {
        return needed;
    }

    /**
     * What was there instead of {@link #needed()}.
     *
     * @return the length or the value; meaningless if the packet passed
     */
    public int had() {
        return had;
    }

    /**
     * The length of the IPv4 header.
     *
     * @return 20 to 60, in bytes; meaningless if the packet did not pass
     */
    public int headerLength() {
        return headerLength;
    }

    /**
     * The length of the packet without the padding of the link.
     *
     * @return 20 to 65535, in bytes; meaningless if the packet did not pass
     */
    public int totalLength() {
        return totalLength;
    }

    /**
     * Whether the sender chose the route (RFC 791 section 3.1).
     *
     * @return true if there is a loose or strict source route option; meaningless if the packet did not pass
     */
    public boolean hasSourceRoute() {
        return sourceRoute;
    }
}
