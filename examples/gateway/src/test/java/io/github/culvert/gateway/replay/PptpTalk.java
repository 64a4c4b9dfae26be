package io.github.culvert.gateway.replay;

import java.util.ArrayList;
import java.util.List;

/**
 * A control connection between two hosts and its GRE, packet by packet, as one place sees it. Made of the byte vectors
 * of RFC 2637 that the requirements give.
 */
public final class PptpTalk {
    static final String PORT = ":1723";

    private final String client;
    private final String server;
    private final List<byte[]> packets = new ArrayList<>();
    private int clientNext;
    private int serverNext;

    public PptpTalk(String client, String server, int clientFirst) {
        this.client = client;
        this.server = server;
        clientNext = clientFirst;
        serverNext = clientFirst + 5000;
    }

    static String startRequest() {
        return padded("009C0001 1A2B3C4D 00010000 01000000 00000003 00000003 00000000", 156);
    }

    static String startReply() {
        return padded("009C0001 1A2B3C4D 00020000 01000100 00000003 00000003 00000000", 156);
    }

    /** Outgoing-Call-Request with a Call ID of four hexadecimal digits. */
    public static String callRequest(String id) {
        return padded(
                "00A80001 1A2B3C4D 00070000 " + id + "0001 0000012C 05F5E100 00000003 00000003 00400000 00000000", 168);
    }

    public static String callReply(String id, String peer, String result) {
        return "00200001 1A2B3C4D 00080000 " + id + peer + result + "000000 05F5E100 00400000 00000000";
    }

    static String echoRequest() {
        return "00100001 1A2B3C4D 00050000 00000001";
    }

    static String clear(String id) {
        return "00100001 1A2B3C4D 000C0000 " + id + "0000";
    }

    static String disconnect(String id) {
        return padded("00940001 1A2B3C4D 000D0000 " + id + "0100", 148);
    }

    static String wanError(String peer) {
        return padded("00280001 1A2B3C4D 000E0000 " + peer + "0000", 40);
    }

    static String linkInfo(String peer) {
        return "00180001 1A2B3C4D 000F0000 " + peer + "0000 FFFFFFFF FFFFFFFF";
    }

    public static String greData(String id) {
        return "3001880B 0004" + id + " 00000000 FF03C021";
    }

    static String greAck(String id) {
        return "2081880B 0000" + id + " 00000000";
    }

    private static String padded(String hex, int length) {
        String digits = hex.replace(" ", "");
        return digits + "00".repeat(length - digits.length() / 2);
    }

    /** The handshake and the Start-Control exchange. */
    public PptpTalk opened() {
        add(Packets.segment(client, server, clientNext++, 0, 2, ""));
        add(Packets.segment(server, client, serverNext++, clientNext, 0x12, ""));
        add(Packets.segment(client, server, clientNext, serverNext, 0x10, ""));
        return says(startRequest()).hears(startReply());
    }

    /** The client sends. */
    public PptpTalk says(String hex) {
        add(Packets.segment(client, server, clientNext, serverNext, 0x18, hex));
        clientNext += Packets.hex(hex).length;
        return this;
    }

    /** The server sends. */
    public PptpTalk hears(String hex) {
        add(Packets.segment(server, client, serverNext, clientNext, 0x18, hex));
        serverNext += Packets.hex(hex).length;
        return this;
    }

    /** The client sends again, ahead or not, a part of its stream, so many bytes from its end. */
    PptpTalk saysAt(int fromEnd, String hex) {
        add(Packets.segment(client, server, clientNext + fromEnd, serverNext, 0x18, hex));
        return this;
    }

    /** The server does. */
    PptpTalk hearsAt(int fromEnd, String hex) {
        add(Packets.segment(server, client, serverNext + fromEnd, clientNext, 0x18, hex));
        return this;
    }

    public PptpTalk sendsGre(String hex) {
        add(Packets.other(host(client), host(server), 47, hex));
        return this;
    }

    public PptpTalk getsGre(String hex) {
        add(Packets.other(host(server), host(client), 47, hex));
        return this;
    }

    /** Both sides close. */
    PptpTalk closed() {
        add(Packets.segment(client, server, clientNext++, serverNext, 0x11, ""));
        add(Packets.segment(server, client, serverNext++, clientNext, 0x11, ""));
        add(Packets.segment(client, server, clientNext, serverNext, 0x10, ""));
        return this;
    }

    PptpTalk add(byte[] packet) {
        packets.add(packet);
        return this;
    }

    public List<byte[]> packets() {
        return packets;
    }

    private static String host(String endpoint) {
        return endpoint.substring(0, endpoint.indexOf(':'));
    }
}
