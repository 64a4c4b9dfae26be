package io.github.culvert.ipsec;

import io.github.culvert.ipsec.IkeExchangeType.Unknown;

/**
 * What the field "exchange type" of an IKE message says: an exchange of the table, or a code that the table lacks,
 * whose message passes untouched.
 */
public sealed interface IkeExchangeType permits IkeExchange, Unknown {
    /**
     * The version of the message, which gives the code its meaning.
     *
     * @return the version
     */
    IkeVersion version();

    /**
     * The code in the message, at offset 18.
     *
     * @return 0 to 255
     */
    int code();

    /**
     * The exchange with a code.
     *
     * @param version the version of the message
     * @param code the unsigned byte at offset 18
     * @return the exchange of the table with this code, or an {@link Unknown} that carries it
     * @throws IllegalArgumentException if the code does not fit a byte
     */
    static IkeExchangeType of(IkeVersion version, int code) {
        for (IkeExchange exchange : IkeExchange.TABLE) {
            if (exchange.version() == version && exchange.code() == code) {
                return exchange;
            }
        }
        return new Unknown(version, code);
    }

    /**
     * A code that the RFCs of this version do not define.
     *
     * @param version the version of the message
     * @param code 0 to 255
     */
    record Unknown(IkeVersion version, int code) implements IkeExchangeType {
        /**
         * Checks the range.
         *
         * @param version the version of the message
         * @param code 0 to 255
         * @throws IllegalArgumentException if the code does not fit a byte
         */
        public Unknown {
            if (code < 0 || code > 0xff) {
                throw new IllegalArgumentException("exchange type " + code + " is not within 0 to 255");
            }
        }
    }
}
