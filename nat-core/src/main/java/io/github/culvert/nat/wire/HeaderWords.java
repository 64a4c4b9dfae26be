package io.github.culvert.nat.wire;

/**
 * The words of a packet that a translation reads and writes, each read once. Used again for one packet after another,
 * so that the data path allocates nothing. Not safe for use by several threads.
 */
public class HeaderWords {
    /** In {@link #protocol}: the packet has no identifiers that a translation knows, only addresses. */
    public static final int NO_IDENTIFIERS = -1;

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
    /** UDP, TCP, ICMP, or {@link #NO_IDENTIFIERS}. */
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

    private void readRows() {
        word2 |= window.i32(transport + PortLayout.ROW0) & 0xffff_ffffL;
        row1 = window.i32(transport + UdpLayout.ROW1);
    }
}
