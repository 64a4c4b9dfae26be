package io.github.culvert.gateway.capture;

/**
 * What is wrong with a capture file, and where.
 *
 * @param kind what is wrong
 * @param position bytes from the start of the file to the header, record or block that is wrong
 * @param detail the values that show it
 */
public record CaptureFault(Kind kind, long position, String detail) {

    /** The ways in which a capture file can be wrong. */
    public enum Kind {
        /** The file is empty. */
        EMPTY("the file is empty"),
        /** The file does not begin like a pcap or pcapng file. */
        NOT_A_CAPTURE("this is neither a pcap nor a pcapng file"),
        /** The file is of a version that is not known. */
        UNKNOWN_VERSION("this version of the format is not known"),
        /** The file ends in the middle of a header, record or block. */
        ENDS_EARLY("the file ends in the middle"),
        /** A record or packet block says that it holds more than {@value CaptureReader#LARGEST_RECORD} bytes. */
        RECORD_TOO_LONG("a record is longer than any packet"),
        /** The length of a pcapng block is below 12, no multiple of 4, or too short for what the block holds. */
        BAD_BLOCK_LENGTH("a block has an impossible length"),
        /** The two lengths of a pcapng block differ. */
        LENGTHS_DIFFER("the lengths before and after a block differ"),
        /** A pcapng section does not say its byte order. */
        BAD_BYTE_ORDER("a section does not say its byte order"),
        /** A packet block names an interface that its section does not describe. */
        UNKNOWN_INTERFACE("a packet names an interface that is not described");

        private final String text;

        Kind(String text) {
            this.text = text;
        }
    }

    @Override
    public String toString() {
        return kind.text + ", at byte " + position + (detail.isEmpty() ? "" : " (" + detail + ")");
    }
}
