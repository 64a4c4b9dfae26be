package io.github.culvert.nat.engine;

/**
 * A TCP session in the plainest way: what RFC 7857 section 2 and the requirements say, written as sentences and without
 * a table. Shares nothing with the code under test.
 */
final class TcpModel {
    /** As {@link io.github.culvert.nat.mapping.SessionState} has them, but for what looks alike from outside. */
    enum State {
        GONE,
        PICKED_UP,
        INIT_INSIDE,
        INIT_OUTSIDE,
        ESTABLISHED,
        INSIDE_FIN,
        OUTSIDE_FIN,
        BOTH_FIN,
        TRANSITORY;

        boolean isUp() {
            return this == ESTABLISHED || this == INSIDE_FIN || this == OUTSIDE_FIN;
        }
    }

    /** What a segment says. */
    enum Event {
        DATA,
        SYN,
        SYN_ACK,
        FIN,
        RST
    }

    private static final double LONG = 7440;
    private static final double SHORT = 240;

    private State state = State.GONE;
    private double since;

    /** What users see. */
    String shown() {
        return switch (state) {
            case PICKED_UP -> "TRANSITORY";
            case INIT_INSIDE, INIT_OUTSIDE -> "INIT";
            default -> state.name();
        };
    }

    /** Moves time on. */
    void at(double now) {
        if (state.isUp() && now - since >= LONG) {
            state = State.TRANSITORY;
            since += LONG;
        }
        if (!state.isUp() && now - since >= SHORT) {
            state = State.GONE;
        }
    }

    /** A segment, whose checksum is right or wrong; whether it passes. */
    boolean passes(Event event, boolean outbound, boolean right, double now) {
        at(now);
        boolean first = state == State.GONE;
        State next = first ? opened(event, outbound) : next(event, outbound);
        if (next != state && right) {
            state = next;
            since = now;
        } else if (next == state && keepsAlive(event, outbound)) {
            since = now;
        }
        return !first || state != State.GONE;
    }

    private static State opened(Event event, boolean outbound) {
        if (event == Event.SYN) {
            return outbound ? State.INIT_INSIDE : State.INIT_OUTSIDE;
        }
        boolean goesOn = outbound && (event == Event.DATA || event == Event.FIN);
        return !goesOn ? State.GONE : event == Event.FIN ? State.BOTH_FIN : State.PICKED_UP;
    }

    private State next(Event event, boolean outbound) {
        boolean syn = event == Event.SYN || event == Event.SYN_ACK;
        return switch (state) {
            case INIT_INSIDE -> syn && !outbound ? State.ESTABLISHED : state;
            case INIT_OUTSIDE -> outbound ? answered(event, syn) : state;
            case PICKED_UP -> pickedUp(event, outbound);
            case BOTH_FIN, TRANSITORY -> outbound ? back(event) : state;
            default -> up(event, outbound);
        };
    }

    /** What the remote host has begun, the inside host takes or turns down. */
    private State answered(Event event, boolean syn) {
        if (syn) {
            return State.ESTABLISHED;
        }
        return event == Event.RST ? State.GONE : state;
    }

    private static State pickedUp(Event event, boolean outbound) {
        return switch (event) {
            case RST -> State.TRANSITORY;
            case FIN -> outbound ? State.BOTH_FIN : State.OUTSIDE_FIN;
            case SYN -> outbound ? State.INIT_INSIDE : State.PICKED_UP;
            case DATA, SYN_ACK -> outbound ? State.PICKED_UP : State.ESTABLISHED;
        };
    }

    /** What is over comes back by the inside host only. */
    private State back(Event event) {
        return switch (event) {
            case SYN -> State.INIT_INSIDE;
            case SYN_ACK -> State.ESTABLISHED;
            case DATA -> state == State.TRANSITORY ? State.ESTABLISHED : state;
            case FIN, RST -> state;
        };
    }

    private State up(Event event, boolean outbound) {
        if (event == Event.RST) {
            return State.TRANSITORY;
        }
        if (event != Event.FIN) {
            return state;
        }
        State mine = outbound ? State.INSIDE_FIN : State.OUTSIDE_FIN;
        return state == State.ESTABLISHED || state == mine ? mine : State.BOTH_FIN;
    }

    private boolean keepsAlive(Event event, boolean outbound) {
        boolean syn = event == Event.SYN || event == Event.SYN_ACK;
        return state.isUp()
                || outbound && state == State.INIT_INSIDE && syn
                || outbound && state == State.PICKED_UP && event == Event.DATA;
    }
}
