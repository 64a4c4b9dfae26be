package io.github.culvert.gateway.report;

import io.github.culvert.nat.mapping.Direction;

/**
 * A packet that did not come out as recorded.
 *
 * @param number its number in the recording, from 1; 0 if no recorded packet led to it
 * @param timeNanos its capture time, nanoseconds since the epoch
 * @param direction which way it went
 * @param flow who talks with whom, such as {@code UDP 192.168.1.10:5000 > 198.51.100.7:53}
 * @param kind what became of it
 * @param reason the name of the reason: that of a refusal, or of the kind itself
 * @param detail what shows it
 */
public record Finding(
        long number, long timeNanos, Direction direction, String flow, Kind kind, String reason, String detail) {

    /** What can become of a packet, other than to come out as recorded. */
    public enum Kind {
        /** The NAT refused it, for a reason that the packet and those before it bear out. */
        REFUSED(Verdict.REFUSED),
        /** Nobody inside had asked for it lately, and it went to the host that has this public endpoint now. */
        MISDIRECTED(Verdict.REFUSED),
        /** It came out with a byte that it should not have. */
        WRONG_BYTE(Verdict.WRONG),
        /** It did not come out, and nothing explains that. */
        LOST(Verdict.WRONG),
        /** Something came out that nothing explains. */
        UNEXPECTED(Verdict.WRONG);

        private final Verdict verdict;

        Kind(Verdict verdict) {
            this.verdict = verdict;
        }

        /**
         * What one such packet makes of a replay.
         *
         * @return the verdict
         */
        public Verdict verdict() {
            return verdict;
        }
    }
}
