package io.github.culvert.gateway.replay;

import io.github.culvert.nat.refusal.Refusal;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Which recorded fragments belong together, and what a NAT may say of them and do with them. */
final class FragmentBook {
    private record Key(int protocol, int source, int destination, int identification) {
        static Key of(Datagram datagram) {
            return new Key(
                    datagram.protocol(),
                    datagram.address(Place.SOURCE),
                    datagram.address(Place.DESTINATION),
                    datagram.identification());
        }
    }

    /** A datagram that left lately: of which inside host. */
    private record Left(int insideSource, long nanos) {}

    private interface Rule {
        /** What contradicts the refusal of a fragment at a moment, empty if nothing does. */
        Optional<String> contradiction(Fragments fragments, Datagram piece, long now);
    }

    private final Map<Refusal, Rule> rules = new EnumMap<>(Refusal.class);
    private final Map<Key, Fragments> recorded = new LinkedHashMap<>();
    private final Map<Key, Left> outside = new LinkedHashMap<>();
    private final long timeout;

    FragmentBook(Duration timeout) {
        this.timeout = timeout.toNanos();
        rules.put(Refusal.FRAGMENT_TIMEOUT, this::untimely);
        rules.put(Refusal.FRAGMENT_DUPLICATE, (f, piece, now) -> says(!f.hasTwice(piece), "it came only once"));
        rules.put(
                Refusal.FRAGMENT_OVERLAP,
                (f, piece, now) -> says(!f.overlap(), "no fragments of its datagram overlap"));
        rules.put(
                Refusal.BAD_FRAGMENT,
                (f, piece, now) -> says(!f.areImpossible(), "nothing about its datagram is impossible"));
        rules.put(Refusal.TINY_FRAGMENT, (f, piece, now) -> says(!f.cutTcp(), "no fragment cuts a TCP header"));
    }

    /** A packet goes in; gives the fragments of its datagram, if it is one. */
    Optional<Fragments> goesIn(Datagram datagram, long now) {
        if (!datagram.isFragment() || !datagram.hasHeader()) {
            return Optional.empty();
        }
        forget(now);
        Key key = Key.of(datagram);
        Fragments fragments = recorded.get(key);
        if (fragments == null || fragments.areComplete() || now - fragments.since() > timeout) {
            fragments = new Fragments(now);
            recorded.remove(key); // the oldest stand first
            recorded.put(key, fragments);
        }
        fragments.add(datagram);
        return Optional.of(fragments);
    }

    private void forget(long now) {
        Iterator<Fragments> oldest = recorded.values().iterator();
        while (oldest.hasNext() && now - oldest.next().since() > timeout) {
            oldest.remove();
        }
        Iterator<Left> left = outside.values().iterator();
        while (left.hasNext() && now - left.next().nanos > timeout) {
            left.remove();
        }
    }

    /** What is wrong with the identification of a fragment that left; empty if nothing is. */
    Optional<String> identification(Fragments fragments, Datagram before, Datagram out, long now) {
        if (fragments.changesIdentification(out)) {
            return Optional.of("its identification is not that of the fragments before it");
        }
        Left owner = outside.remove(Key.of(out));
        outside.put(Key.of(out), new Left(before.address(Place.SOURCE), now));
        boolean shared =
                owner != null && owner.insideSource != before.address(Place.SOURCE) && now - owner.nanos < timeout;
        return shared
                ? Optional.of("its identification is that of another host's datagram to the same remote")
                : Optional.empty();
    }

    /** What contradicts the refusal of a fragment; empty if nothing does, or the reason has nothing to do with it. */
    Optional<String> contradiction(Refusal reason, Fragments fragments, Datagram piece, long now) {
        return Optional.ofNullable(rules.get(reason)).flatMap(rule -> rule.contradiction(fragments, piece, now));
    }

    private Optional<String> untimely(Fragments fragments, Datagram piece, long now) {
        return fragments.areComplete()
                ? Optional.of("all fragments of its datagram came")
                : says(now - fragments.since() < timeout, "its time is not up");
    }

    private static Optional<String> says(boolean contradicted, String text) {
        return contradicted ? Optional.of(text) : Optional.empty();
    }
}
