package io.github.culvert.pptp;

import io.github.culvert.nat.alg.Observation;
import io.github.culvert.nat.alg.Scope;
import io.github.culvert.nat.audit.Advice;
import io.github.culvert.nat.audit.Confidence;
import io.github.culvert.nat.audit.VpnProtocol;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.pptp.Call.Claim;

/** What the owner of the network should know of a control connection. */
final class PptpAudit {
    private static final Advice WEAK = new Advice(
            "PPTP-WEAK",
            "PPTP is broken: its MS-CHAPv2 passwords can be recovered from what passes, and its MPPE encryption with them."
                    + " Use WireGuard or IKEv2 instead.");

    private PptpAudit() {}

    static Observation observation(Scope.Channel scope, ControlConnection connection, Calls calls) {
        return new Observation(
                scope.insideEnd().address(),
                VpnProtocol.PPTP,
                confidence(connection),
                evidence(scope, connection),
                state(calls),
                WEAK);
    }

    private static Confidence confidence(ControlConnection connection) {
        if (connection.isStarted()) {
            return Confidence.CERTAIN;
        }
        return isAsked(connection) ? Confidence.LIKELY : Confidence.HINT;
    }

    private static boolean isAsked(ControlConnection connection) {
        return connection.isAsked(Direction.OUTBOUND) || connection.isAsked(Direction.INBOUND);
    }

    private static String evidence(Scope.Channel scope, ControlConnection connection) {
        return switch (confidence(connection)) {
            case HINT -> "TCP port " + scope.control().port();
            case LIKELY -> "Start-Control-Connection-Request";
            case CERTAIN -> "control connection started by both sides";
        };
    }

    private static String state(Calls calls) {
        int open = calls.bound();
        int unbound = calls.count(call -> call.outsideId() != Call.NO_ID && call.claim() != Claim.BOUND);
        String text = open + (open == 1 ? " call" : " calls");
        return unbound == 0 ? text : text + ", " + unbound + " that cannot be served";
    }
}
