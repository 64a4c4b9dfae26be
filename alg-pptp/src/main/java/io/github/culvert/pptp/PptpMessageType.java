package io.github.culvert.pptp;

import io.github.culvert.pptp.PptpMessageType.Unknown;

/**
 * What the field "control message type" of a PPTP control message says (RFC 2637 section 2): a message of the table, or
 * a code that the table lacks, whose message passes untouched.
 */
public sealed interface PptpMessageType permits PptpMessage, Unknown {
    /**
     * The code in the message, at offset 8.
     *
     * @return 0 to 65535
     */
    int code();

    /**
     * The type with a code.
     *
     * @param code the unsigned 16-bit field at offset 8
     * @return the message of the table with this code, or an {@link Unknown} that carries it
     * @throws IllegalArgumentException if the code does not fit 16 bits
     */
    static PptpMessageType of(int code) {
        for (PptpMessage message : PptpMessage.TABLE) {
            if (message.code() == code) {
                return message;
            }
        }
        return new Unknown(code);
    }

    /**
     * A code that RFC 2637 does not define.
     *
     * @param code 0 to 65535
     */
    record Unknown(int code) implements PptpMessageType {
        /**
         * Checks the range.
         *
         * @param code 0 to 65535
         * @throws IllegalArgumentException if the code does not fit 16 bits
         */
        public Unknown {
            if (code < 0 || code > 0xffff) {
                throw new IllegalArgumentException("control message type " + code + " is not within 0 to 65535");
            }
        }
    }
}
