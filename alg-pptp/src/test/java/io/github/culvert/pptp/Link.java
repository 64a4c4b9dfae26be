package io.github.culvert.pptp;

import io.github.culvert.nat.testkit.lab.TcpTalk;
import java.util.ArrayList;
import java.util.List;

/** A control connection in a {@link SiteRun}, as a model of it knows it. */
final class Link {
    /** What may still be said over it. */
    enum Stage {
        /** Everything. */
        TALKS,
        /** Nothing: its stream ends in the middle of a message, or something is held; but it may end. */
        STUCK,
        /** Nothing, since a RST; its calls live on for a while. */
        RESET,
        /** It has ended. */
        OVER
    }

    final TcpTalk talk;
    final String inside;
    final String remote;
    final String route;
    final String outer;
    final boolean served;
    final List<LinkCall> calls = new ArrayList<>();
    Stage stage = Stage.TALKS;
    int ids;
    /** Whether the ALG was on when it began: a session from before is not followed, however it goes on. */
    boolean followed = true;

    Link(TcpTalk talk, String route, String inside, String remote, String outer, boolean served) {
        this.talk = talk;
        this.route = route;
        this.inside = inside;
        this.remote = remote;
        this.outer = outer;
        this.served = served;
    }

    /** One call of a connection. */
    static final class LinkCall {
        final Link link;
        final int insideId;
        final int outsideId;
        int remoteId = -1;
        /** Until when it is sure to pass, in seconds; 0 if it is not. */
        double sureUntil;
        /** From when on it is sure not to pass. */
        double goneAt = Double.MAX_VALUE;
        /** Whether it was seen not to pass since it is gone. */
        boolean isChecked;

        LinkCall(Link link, int insideId, int outsideId) {
            this.link = link;
            this.insideId = insideId;
            this.outsideId = outsideId;
        }

        void gone(double at) {
            goneAt = Math.min(goneAt, at);
            // when exactly is the matter of a clock that ticks
            sureUntil = Math.min(sureUntil, at - 2);
        }
    }

    /** All its calls are gone from some time on. */
    void gone(double at) {
        calls.forEach(call -> call.gone(at));
    }

    void over(double now) {
        stage = Stage.OVER;
        gone(now);
    }
}
