package io.github.culvert.pptp;

import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.testkit.packet.GoldenPacket;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** Control messages as bytes: the golden ones from the file beside this class, with other Call IDs and results. */
final class Messages {
    static final int GOOD = 1;
    static final int REFUSED = 4;

    private static final Map<String, Octets> GOLDEN = Arrays.stream(text().split("\n\\["))
            .skip(1)
            .collect(Collectors.toMap(
                    part -> part.split("]")[0], part -> GoldenPacket.annotated(part.split("\n", 2)[1])));

    private Messages() {}

    private static String text() {
        try (InputStream file = Messages.class.getResourceAsStream("golden-messages.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Octets golden(PptpMessage message) {
        return GOLDEN.get(message.name());
    }

    static Octets startRequest() {
        return golden(PptpMessage.START_CONTROL_CONNECTION_REQUEST);
    }

    static Octets startReply() {
        return startReply(GOOD);
    }

    static Octets startReply(int result) {
        return put(golden(PptpMessage.START_CONTROL_CONNECTION_REPLY), 14, result);
    }

    static Octets stopRequest() {
        return golden(PptpMessage.STOP_CONTROL_CONNECTION_REQUEST);
    }

    static Octets stopReply() {
        return golden(PptpMessage.STOP_CONTROL_CONNECTION_REPLY);
    }

    static Octets echoRequest() {
        return golden(PptpMessage.ECHO_REQUEST);
    }

    static Octets echoReply() {
        return golden(PptpMessage.ECHO_REPLY);
    }

    /** Type 7. */
    static Octets outgoingRequest(int pns) {
        return put16(golden(PptpMessage.OUTGOING_CALL_REQUEST), 12, pns);
    }

    /** Type 8. */
    static Octets outgoingReply(int pac, int pns) {
        return outgoingReply(pac, pns, GOOD);
    }

    static Octets outgoingReply(int pac, int pns, int result) {
        return put(put16(put16(golden(PptpMessage.OUTGOING_CALL_REPLY), 12, pac), 14, pns), 16, result);
    }

    /** Type 9. */
    static Octets incomingRequest(int pac) {
        return put16(golden(PptpMessage.INCOMING_CALL_REQUEST), 12, pac);
    }

    /** Type 10. */
    static Octets incomingReply(int pns, int pac) {
        return incomingReply(pns, pac, GOOD);
    }

    static Octets incomingReply(int pns, int pac, int result) {
        return put(put16(put16(golden(PptpMessage.INCOMING_CALL_REPLY), 12, pns), 14, pac), 16, result);
    }

    /** Type 11. */
    static Octets connected(int pns) {
        return put16(golden(PptpMessage.INCOMING_CALL_CONNECTED), 12, pns);
    }

    /** Type 12. */
    static Octets clear(int pns) {
        return put16(golden(PptpMessage.CALL_CLEAR_REQUEST), 12, pns);
    }

    /** Type 13. */
    static Octets disconnect(int pac) {
        return put16(golden(PptpMessage.CALL_DISCONNECT_NOTIFY), 12, pac);
    }

    /** Type 14. */
    static Octets wanError(int pns) {
        return put16(golden(PptpMessage.WAN_ERROR_NOTIFY), 12, pns);
    }

    /** Type 15. */
    static Octets linkInfo(int pac) {
        return put16(golden(PptpMessage.SET_LINK_INFO), 12, pac);
    }

    /** A message of a type that RFC 2637 lacks. */
    static Octets unknown(int messageType, int type, int length) {
        Octets message = Octets.of(new byte[Math.max(length, 12)]).slice(0, 12);
        Octets head = put16(put16(put16(message, 0, length), 2, messageType), 8, type);
        return put16(put16(head, 4, 0x1a2b), 6, 0x3c4d).then(Octets.of(new byte[Math.max(0, length - 12)]));
    }

    static Octets put16(Octets message, int offset, int value) {
        return put(put(message, offset, value >>> 8), offset + 1, value & 0xff);
    }

    static Octets put(Octets message, int offset, int value) {
        byte[] bytes = message.toByteArray();
        bytes[offset] = (byte) value;
        return Octets.of(bytes);
    }

    /** Several messages, one after the other. */
    static Octets all(Octets... messages) {
        return Arrays.stream(messages).reduce(Octets.empty(), Octets::then);
    }
}
