package io.github.culvert.l2tp;

import io.github.culvert.l2tp.L2tpMessageType.Unknown;

/**
 * What the AVP "Message Type" of an L2TPv2 control message says (RFC 2661 section 4.4.1): a message of the table, or a
 * code that the table lacks, whose message passes untouched.
 */
public sealed interface L2tpMessageType permits L2tpMessage, Unknown {
    /**
     * The value of the AVP.
     *
     * @return 0 to 65535
     */
    int code();

    /**
     * The type with a code.
     *
     * @param code the unsigned 16-bit value of the AVP
     * @return the message of the table with this code, or an {@link Unknown} that carries it
     * @throws IllegalArgumentException if the code does not fit 16 bits
     */
    static L2tpMessageType of(int code) {
        for (L2tpMessage message : L2tpMessage.TABLE) {
            if (message.code() == code) {
                return message;
            }
        }
        return new Unknown(code);
    }

    /**
     * A code that RFC 2661 does not define.
     *
     * @param code 0 to 65535
     */
    record Unknown(int code) implements L2tpMessageType {
        /**
         * Checks the range.
         *
         * @param code 0 to 65535
         * @throws IllegalArgumentException if the code does not fit 16 bits
         */
        public Unknown {
            if (code < 0 || code > 0xffff) {
                throw new IllegalArgumentException("message type " + code + " is not within 0 to 65535");
            }
        }
    }
}
