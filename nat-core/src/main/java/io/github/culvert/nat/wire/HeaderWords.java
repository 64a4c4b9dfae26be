package io.github.culvert.nat.wire;

/**
 * The words of a packet that a translation reads and writes, each read once. Used again for one packet after another,
 * so that the data path allocates nothing. Not safe for use by several threads.
 */
public class HeaderWords {
    /** In {@link #protocol}: the packet has no identifiers that a translation knows, only addresses. */
    public static final int NO_IDENTIFIERS = -1;
    /** In {@link #protocol}: a TCP segment that is cut between its ports and its checksum. */
    public static final int PORTS_ONLY = -2;

    /** The packet. */
    public final PacketWindow window;

    /** Bytes 8 to 15. */
    public long word1;
    /** Bytes 16 to 19, and row 0 of the transport header. */
    public long word2;
    /** Row 1 of the transport header: bytes 4 to 7. */
    public int row1;
    /** For TCP row 4 of the transport header: bytes 16 to 19. */
    public int row4;
    /** UDP, TCP, ICMP, GRE with a Call ID, {@link #NO_IDENTIFIERS} or {@link #PORTS_ONLY}. */
    public int protocol;
    /** Where the transport header starts. */
    public int transport;

    /**
     * Words of whatever a window points to.
     *
     * @param window the window
     */
    public HeaderWords(PacketWindow window) {
        this.window = window;
    }

    /** Reads a packet that has passed {@link HeaderCheck}: with or without options, fragment or not, any protocol. */
    public final void readChecked() {
        long word0 = window.i64(Ipv4Layout.WORD0);
        word1 = window.i64(Ipv4Layout.WORD1);
        word2 = (long) window.i32(Ipv4Layout.DESTINATION) << 32;
        transport = Ipv4Layout.headerLength(word0);
        protocol = NO_IDENTIFIERS;
        if (!Ipv4Layout.isLaterFragment(Ipv4Layout.fragmentBits(word0))) {
            readTransport(Ipv4Layout.protocol(word1));
        }
    }

    private void readTransport(int number) {
        switch (number) {
            case UdpLayout.PROTOCOL, IcmpLayout.PROTOCOL -> readRows();
            case TcpLayout.PROTOCOL -> {
                readRows();
                row4 = window.i32(transport + TcpLayout.ROW4);
            }
            default -> {
                return;
            }
        }
        boolean query = IcmpLayout.isQuery(IcmpLayout.type((int) word2));
        protocol = number == IcmpLayout.PROTOCOL && !query ? NO_IDENTIFIERS : number;
    }

    /**
     * Reads a packet that an ICMP error quotes: one that has passed {@link HeaderCheck#passesQuoted}, is no later fragment
     * and has at least the first eight bytes of its transport (RFC 792).
     */
    public final void readQuoted() {
        transport = Ipv4Layout.headerLength(window.i64(Ipv4Layout.WORD0));
        word1 = window.i64(Ipv4Layout.WORD1);
        word2 = (long) window.i32(Ipv4Layout.DESTINATION) << 32;
        readRows();
        int number = Ipv4Layout.protocol(word1);
        protocol = switch (number) {
            case UdpLayout.PROTOCOL -> number;
            case TcpLayout.PROTOCOL -> cutTcp();
            case IcmpLayout.PROTOCOL -> IcmpLayout.isQuery(IcmpLayout.type((int) word2)) ? number : NO_IDENTIFIERS;
            default -> NO_IDENTIFIERS;
        };
    }

    /** Reads the checksum if its two bytes are there; the two after it are never needed. */
    private int cutTcp() {
        int field = transport + TcpLayout.CHECKSUM;
        if (field + 2 > window.length()) {
            return PORTS_ONLY;
        }
        row4 = window.u16(field) << 16;
        return TcpLayout.PROTOCOL;
    }

    private void readRows() {
        word2 |= window.i32(transport + PortLayout.ROW0) & 0xffff_ffffL;
        row1 = window.i32(transport + UdpLayout.ROW1);
    }
}
