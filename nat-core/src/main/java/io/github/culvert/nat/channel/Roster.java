package io.github.culvert.nat.channel;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is followed, by its number, and the channels by their sessions. Numbers come in sequence, so that open
 * addressing by the number itself would make one long run of them. One thread.
 */
final class Roster {
    private final Map<Integer, Channel> bySession = new HashMap<>();
    private final Map<Integer, Followed> byNumber = new HashMap<>();
    private final HostCounts channelsOfHost = new HostCounts();
    /** The inside hosts that have channels to a remote address from a public one, with their numbers. */
    private final Map<Ends, Map<Integer, Integer>> hosts = new HashMap<>();

    private int numbers;

    private record Ends(Service service, int publicIndex, int remote) {}

    /** A number that nobody has. */
    int number() {
        do {
            numbers = numbers == Integer.MAX_VALUE ? 1 : numbers + 1;
        } while (byNumber.containsKey(numbers));
        return numbers;
    }

    void add(Followed followed) {
        byNumber.put(followed.number, followed);
        followed.service.channels++;
        if (followed instanceof Channel channel) {
            bySession.put(channel.session, channel);
            count(channel, 1);
        }
    }

    /** A session is no control channel any more; its channel may still be known by its number. */
    @Nullable
    Channel removeSession(int session) {
        Channel channel = bySession.remove(session);
        if (channel != null) {
            channel.service.channels--;
            count(channel, -1);
        }
        return channel;
    }

    private void count(Channel channel, int change) {
        channelsOfHost.add(channel.inside(), change);
        Ends ends = new Ends(channel.service, channel.publicIndex, channel.remote());
        Map<Integer, Integer> there = hosts.computeIfAbsent(ends, key -> new HashMap<>());
        there.merge(channel.inside(), change, (before, more) -> before + more == 0 ? null : before + more);
        if (there.isEmpty()) {
            hosts.remove(ends);
        }
    }

    /** Whether other hosts than one have channels of an ALG to a remote address from a public one. */
    boolean hasOthers(Service service, int publicIndex, int remote, int host) {
        Map<Integer, Integer> there = hosts.getOrDefault(new Ends(service, publicIndex, remote), Map.of());
        return there.size() > (there.containsKey(host) ? 1 : 0);
    }

    void removePair(Pair pair) {
        pair.service.channels--;
    }

    void removeNumber(Followed followed) {
        byNumber.remove(followed.number);
    }

    @Nullable
    Channel channel(int session) {
        return bySession.get(session);
    }

    @Nullable
    Followed followed(int number) {
        return byNumber.get(number);
    }

    /** The channels of an inside host. */
    int channelsOf(int host) {
        return channelsOfHost.of(host);
    }

    Collection<Channel> channels() {
        return bySession.values();
    }

    /** A copy: those of an ALG. */
    List<Channel> channelsOf(Service service) {
        return bySession.values().stream()
                .filter(channel -> channel.service == service)
                .toList();
    }

    int size() {
        return bySession.size();
    }
}
