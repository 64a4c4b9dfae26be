package io.github.culvert.nat.engine;

import io.github.culvert.nat.alg.Action;
import io.github.culvert.nat.alg.Alg;
import io.github.culvert.nat.alg.Context;
import io.github.culvert.nat.alg.Control;
import io.github.culvert.nat.alg.Demux;
import io.github.culvert.nat.alg.Observation;
import io.github.culvert.nat.alg.Scope;
import io.github.culvert.nat.alg.Terms;
import io.github.culvert.nat.alg.Tracker;
import io.github.culvert.nat.mapping.Direction;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Octets;
import io.github.culvert.nat.testkit.alg.WhisperAlg;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** Guesses at random whose a packet is, and keeps a record of whom it has named; for one engine. */
final class GuessingAlg implements Alg {
    /** What an inside host may send by. */
    record Way(Ipv4Address outside, Ipv4Address remote, Ipv4Address inside, long id) {}

    /** What packets may come in by. */
    record Ear(Ipv4Address outside, Ipv4Address remote, long id) {}

    final Set<Way> ways = new HashSet<>();
    final Map<Ear, Ipv4Address> owners = new HashMap<>();
    /** Who was to get a copy of the last packet. */
    final Set<Ipv4Address> copies = new HashSet<>();

    private final SplittableRandom random;

    GuessingAlg(SplittableRandom random) {
        this.random = random;
    }

    @Override
    public String name() {
        return "guessing";
    }

    @Override
    public List<Control> controls() {
        return List.of();
    }

    @Override
    public List<Demux> demuxes() {
        return new WhisperAlg().demuxes();
    }

    @Override
    public Terms terms() {
        return new Terms(Duration.ofSeconds(20), Duration.ZERO, 10);
    }

    @Override
    public Optional<Tracker> follow(Scope scope) {
        return Optional.of(new Guesser((Scope.Pair) scope));
    }

    @Override
    public Tracker restore(Scope scope, Octets saved) {
        throw new IllegalArgumentException("nothing is ever saved");
    }

    private final class Guesser implements Tracker {
        private final Scope.Pair scope;

        Guesser(Scope.Pair scope) {
            this.scope = scope;
        }

        private Ear ear(long id) {
            return new Ear(scope.outside(), scope.remote(), id);
        }

        private Way way(Ipv4Address inside, long id) {
            return new Way(scope.outside(), scope.remote(), inside, id);
        }

        private boolean isHere(Ear ear) {
            return ear.outside.equals(scope.outside()) && ear.remote.equals(scope.remote());
        }

        /** The hosts that have something now. */
        private List<Ipv4Address> hosts() {
            Set<Ipv4Address> hosts = new HashSet<>();
            ways.stream()
                    .filter(way -> isHere(new Ear(way.outside, way.remote, 0)))
                    .forEach(way -> hosts.add(way.inside));
            owners.forEach((ear, host) -> {
                if (isHere(ear)) {
                    hosts.add(host);
                }
            });
            return hosts.stream()
                    .sorted((a, b) -> Integer.compare(a.bits(), b.bits()))
                    .toList();
        }

        @Override
        public List<Action> onUnbound(
                Direction direction, Ipv4Address inside, long identifier, Octets packet, Context context) {
            List<Action> actions = new ArrayList<>();
            if (direction == Direction.OUTBOUND) {
                if (random.nextInt(4) > 0 && context.hasRoom(1)) {
                    ways.add(way(inside, identifier));
                    actions.add(new Action.Open(scope.protocol(), identifier, inside));
                }
                return actions;
            }
            List<Ipv4Address> hosts = hosts();
            changeMind(actions);
            if (!hosts.isEmpty() && random.nextInt(3) > 0) {
                guess(identifier, hosts.get(random.nextInt(hosts.size())), context, actions);
            } else if (random.nextBoolean()) {
                hosts.stream().filter(host -> random.nextBoolean()).forEach(copies::add);
                actions.add(0, new Action.Deliver(List.copyOf(copies)));
            }
            return actions;
        }

        private void guess(long identifier, Ipv4Address host, Context context, List<Action> actions) {
            if (context.hasRoom(host, 1) && context.isFree(scope.protocol(), identifier)) {
                owners.put(ear(identifier), host);
                // before what ends, so that the host still has something
                actions.add(0, new Action.Bind(scope.protocol(), identifier, identifier, host));
            }
        }

        /** Ends something that is there, now and then. */
        private void changeMind(List<Action> actions) {
            if (random.nextInt(4) == 0) {
                ways.stream()
                        .filter(way -> isHere(new Ear(way.outside, way.remote, 0)))
                        .sorted((a, b) -> a.toString().compareTo(b.toString()))
                        .findFirst()
                        .ifPresent(way -> {
                            ways.remove(way);
                            actions.add(new Action.Close(scope.protocol(), way.id, way.inside));
                        });
            }
            if (random.nextInt(4) == 0) {
                owners.keySet().stream()
                        .filter(this::isHere)
                        .sorted((a, b) -> a.toString().compareTo(b.toString()))
                        .findFirst()
                        .ifPresent(ear -> {
                            owners.remove(ear);
                            actions.add(new Action.Release(scope.protocol(), ear.id));
                        });
            }
        }

        @Override
        public List<Action> onIdle(int protocol, long identifier, Context context) {
            owners.remove(ear(identifier));
            return List.of();
        }

        @Override
        public List<Action> onIdleOut(int protocol, Ipv4Address inside, long remoteId, Context context) {
            ways.remove(way(inside, remoteId));
            return List.of();
        }

        @Override
        public Octets save() {
            return Octets.empty();
        }

        @Override
        public List<Observation> observations() {
            return List.of();
        }
    }
}
