package io.github.culvert.pptp;

/** A Call ID in a message that passes: its second byte may come later than its first, which leaves at once. */
interface IdField {
    /** One that the remote side has chosen: it leaves as it is. */
    IdField UNTOUCHED = new IdField() {
        @Override
        public int high(int high, Turn turn) {
            return high;
        }

        @Override
        public int whole(int id, Turn turn) {
            return id;
        }
    };

    /**
     * What to send for the first byte, where the second is not there yet.
     *
     * @param high 0 to 255
     * @return 0 to 255
     */
    int high(int high, Turn turn);

    /**
     * What to send for both bytes. If the first has been sent already, and was another, nothing better can be done than
     * not to name a wrong call.
     *
     * @param id 0 to 65535
     * @return 0 to 65535
     */
    int whole(int id, Turn turn);
}
