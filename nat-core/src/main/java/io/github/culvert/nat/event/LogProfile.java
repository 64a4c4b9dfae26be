package io.github.culvert.nat.event;

import io.github.culvert.nat.mapping.Mapping;
import io.github.culvert.nat.mapping.PortlessSession;
import io.github.culvert.nat.mapping.Session;
import java.util.Optional;

/**
 * Which records are logged: those of mappings, or those of sessions, never both, since without destinations they say the
 * same (RFC 8158 section 4.3). Events that RFC 8158 has no number for are not logged.
 */
public enum LogProfile {
    /** Mappings, which name no destination: the default (RFC 6888 REQ-12). */
    MAPPINGS,
    /** Sessions with their destinations. */
    SESSIONS;

    /**
     * Whether an event is logged.
     *
     * @param event the event
     * @return whether {@link #record} gives a record
     */
    public boolean logs(NatEvent event) {
        boolean session = event instanceof NatEvent.SessionCreated || event instanceof NatEvent.SessionClosed;
        boolean mapping = event instanceof NatEvent.MappingCreated || event instanceof NatEvent.MappingRemoved;
        return event.natEvent() != NatEvent.NO_NUMBER && (this == MAPPINGS ? !session : !mapping);
    }

    /**
     * The record of an event.
     *
     * @param event the event
     * @param epochMillis when it happened, in milliseconds since 1970
     * @return the record; empty if the event is not logged
     */
    public Optional<LogRecord> record(NatEvent event, long epochMillis) {
        if (!logs(event)) {
            return Optional.empty();
        }
        LogDraft draft = new LogDraft(this).put(LogField.TIME, epochMillis).put(LogField.NAT_EVENT, event.natEvent());
        fill(draft, event);
        return Optional.of(draft.done());
    }

    private static void fill(LogDraft draft, NatEvent event) {
        if (event instanceof NatEvent.OfMapping about) {
            Mapping mapping = about.mapping();
            draft.protocol(mapping.protocol().number()).translated(mapping.inside(), mapping.outside());
        } else if (event instanceof NatEvent.OfSession about) {
            Session session = about.session();
            draft.protocol(session.protocol().number()).translated(session.inside(), session.outside());
            draft.remote(session.remote());
        } else if (event instanceof NatEvent.OfPortless about) {
            PortlessSession session = about.session();
            draft.protocol(session.protocol()).translated(session.inside(), session.outside());
            draft.remote(session.remote());
        } else if (event instanceof NatEvent.AddressBound bound) {
            draft.translated(bound.inside(), bound.outside());
        } else if (event instanceof NatEvent.AddressReleased released) {
            draft.translated(released.inside(), released.outside());
        } else if (event instanceof NatEvent.BlockAllocated allocated) {
            draft.block(allocated.inside(), allocated.block());
        } else if (event instanceof NatEvent.BlockFreed freed) {
            draft.block(freed.inside(), freed.block());
        } else if (event instanceof NatEvent.AddressesExhausted full) {
            draft.put(LogField.POOL, 0).protocol(full.protocol().number());
        } else if (event instanceof NatEvent.IdentifiersExhausted full) {
            draft.put(LogField.PUBLIC_ADDRESS, full.publicAddress().bits())
                    .protocol(full.protocol().number());
        } else if (event instanceof NatEvent.QuotaExceeded exceeded) {
            draft.quota(exceeded);
        } else if (event instanceof NatEvent.ThresholdReached reached) {
            draft.threshold(reached);
        }
    }
}
