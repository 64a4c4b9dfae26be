package io.github.culvert.gateway.options;

import io.github.culvert.nat.config.FragmentPolicy;
import io.github.culvert.nat.config.NatConfig;
import io.github.culvert.nat.config.PathPolicy;

/** The links on both sides, what the NAT does as a router between them, and fragments. */
final class PathSettings {
    private static final Part<PathPolicy> PATH = Part.ofNat(NatConfig::path, NatConfig::withPath);
    private static final Part<FragmentPolicy> FRAGMENTS = Part.ofNat(NatConfig::fragments, NatConfig::withFragments);

    private static final Setting<Integer> MTU = PATH.one(
                    "mtu", Forms.COUNT, PathPolicy::outsideMtu, PathPolicy::withOutsideMtu)
            .helped("MTU of the outside in bytes, 68 to 65535: larger packets are split, or refused with a message to"
                    + " their sender.");

    private static final Setting<Integer> INSIDE_MTU = PATH.one(
                    "inside-mtu", Forms.COUNT, PathPolicy::insideMtu, PathPolicy::withInsideMtu)
            .helped("MTU of the inside, likewise.");

    private static final Setting<Boolean> TTL = PATH.one("ttl", Forms.SWITCH, PathPolicy::hop, PathPolicy::withHop)
            .helped("Count as a hop: take one from the time to live, and answer when it is used up.");

    private static final Setting<Boolean> SOURCE_ROUTES = PATH.one(
                    "source-routes", Forms.SWITCH, PathPolicy::sourceRoutes, PathPolicy::withSourceRoutes)
            .helped("Let packets with a source route pass.");

    private static final Section OF_FRAGMENTS = Section.mixed(
            "fragments",
            "How much is held of datagrams whose fragments are not all there yet, and whether the sender is told when"
                    + " they never come.",
            FRAGMENTS.one("bytes", Forms.BYTES, FragmentPolicy::bytes, FragmentPolicy::withBytes),
            FRAGMENTS.one(
                    "bytes-per-source",
                    Forms.BYTES,
                    FragmentPolicy::bytesPerSource,
                    FragmentPolicy::withBytesPerSource),
            FRAGMENTS.one(
                    "pieces-per-datagram",
                    Forms.COUNT,
                    FragmentPolicy::piecesPerDatagram,
                    FragmentPolicy::withPiecesPerDatagram),
            FRAGMENTS.one(
                    "time-exceeded", Forms.SWITCH, FragmentPolicy::timeExceeded, FragmentPolicy::withTimeExceeded));

    static final Group GROUP = Group.of("Path", MTU, INSIDE_MTU, TTL, SOURCE_ROUTES, OF_FRAGMENTS);

    private PathSettings() {}
}
