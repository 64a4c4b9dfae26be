package io.github.culvert.nat.engine;

import io.github.culvert.nat.alg.AlgStatus;
import io.github.culvert.nat.audit.Finding;
import io.github.culvert.nat.config.Limits;
import io.github.culvert.nat.config.Rates;
import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.config.Timeouts;
import io.github.culvert.nat.mapping.Endpoint;
import io.github.culvert.nat.mapping.HostUsage;
import io.github.culvert.nat.mapping.Mapping;
import io.github.culvert.nat.mapping.MappingGrant;
import io.github.culvert.nat.mapping.PortlessSession;
import io.github.culvert.nat.mapping.Protocol;
import io.github.culvert.nat.mapping.Session;
import io.github.culvert.nat.packet.Ipv4Address;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The NAT table: look up, list, add and remove static forwards, reserve identifiers for the host, close sessions.
 *
 * <p>Thread rule: only the thread of the engine may call it. Other threads pass their work to
 * {@link NatEngine#submit}, or read {@link NatEngine#counters()}. The values that come back are copies; they do not
 * change later.
 */
public interface NatTable {
    /**
     * The mapping of all flows of an inside endpoint. Where mapping depends on the remote, an endpoint may have several;
     * then only a static forward is such a mapping, and the others are found at their public endpoint, by their session,
     * or among all.
     *
     * @param protocol the protocol
     * @param inside the inside endpoint
     * @return the mapping, if there is one
     */
    Optional<Mapping> mappingOf(Protocol protocol, Endpoint inside);

    /**
     * The mapping that a public endpoint leads to.
     *
     * @param protocol the protocol
     * @param outside the public endpoint
     * @return the mapping, if there is one
     */
    Optional<Mapping> mappingAt(Protocol protocol, Endpoint outside);

    /**
     * A session.
     *
     * @param protocol the protocol
     * @param inside the inside endpoint
     * @param remote the remote endpoint; for ICMP with identifier 0
     * @return the session, if there is one
     */
    Optional<Session> session(Protocol protocol, Endpoint inside, Endpoint remote);

    /**
     * What an inside host has of what is limited per host.
     *
     * @param host the inside host
     * @return what it has, if it has anything
     */
    Optional<HostUsage> usageOf(Ipv4Address host);

    /**
     * Shows every mapping. Takes time in proportion to the size of the table.
     *
     * @param action is shown each mapping; must not change the table
     */
    void forEachMapping(Consumer<? super Mapping> action);

    /**
     * Shows every session. Takes time in proportion to the size of the table.
     *
     * @param action is shown each session; must not change the table
     */
    void forEachSession(Consumer<? super Session> action);

    /**
     * Adds a static forward.
     *
     * @param forward the forward
     * @return its mapping
     * @throws io.github.culvert.nat.config.InvalidConfigException if the configuration does not allow it
     * @throws IllegalStateException if its public or inside endpoint is in use; the message names the holder
     */
    Mapping addForward(StaticForward forward);

    /**
     * Removes a static forward and closes its sessions. Takes time in proportion to the size of the table.
     *
     * @param forward the forward
     * @return whether there was such a forward
     */
    boolean removeForward(StaticForward forward);

    /**
     * Closes sessions. Mappings that lose their last session go with it. Takes time in proportion to the size of the
     * table.
     *
     * @param which says of each session whether to close it
     * @return how many were closed
     */
    int closeSessions(Predicate<? super Session> which);

    /**
     * Makes a temporary mapping, or renews it: what a PCP server calls for a MAP request (RFC 6887 section 11). It counts
     * for the limits and rates of its host. As long as it lives it lets in packets of every remote host, like a static
     * forward; it needs no traffic. When its lifetime is over, sessions that it has go on until their own timeouts, and
     * keep the mapping as an ordinary one; new packets from the outside are then judged by the filter.
     *
     * <p>A dynamic mapping that the inside endpoint has is kept and becomes temporary; a static forward stays what it is.
     *
     * @param protocol UDP or TCP
     * @param inside the inside endpoint
     * @param suggested the public endpoint that is wanted; another one is given if it cannot be had
     * @param lifetime how long, above 0, at most 20 days, from the latest time on that the engine was given. A shorter lifetime than before counts at once, but
     *     gives the identifier back only within a minute of its end
     * @return the mapping, or why there is none; existing mappings are as they were then
     * @throws IllegalArgumentException if the protocol, an identifier or the lifetime is not one of those
     */
    MappingGrant requestMapping(Protocol protocol, Endpoint inside, Optional<Endpoint> suggested, Duration lifetime);

    /**
     * Ends a temporary mapping before its time (RFC 6887 section 15). Its sessions stay, as at the end of its lifetime.
     *
     * @param protocol the protocol
     * @param inside the inside endpoint
     * @return whether there was a temporary mapping
     */
    boolean releaseMapping(Protocol protocol, Endpoint inside);

    /**
     * Shows every session of a protocol without ports, bound by an ALG or translated by address only. Takes time in
     * proportion to the size of the table.
     *
     * @param action is shown each session; must not change the table
     */
    void forEachPortless(Consumer<? super PortlessSession> action);

    /**
     * Closes sessions of protocols without ports. Takes time in proportion to the size of the table.
     *
     * @param which says of each session whether to close it
     * @return how many were closed
     */
    int closePortless(Predicate<? super PortlessSession> which);

    /**
     * Changes the limits while the NAT runs. What is above a new limit stays; nothing more comes until it is below.
     *
     * @param limits the limits from now on
     * @throws io.github.culvert.nat.config.InvalidConfigException if the configuration does not allow them; the old ones
     *     stay in force
     */
    void reconfigure(Limits limits);

    /**
     * Changes the rates while the NAT runs. Tokens that are there stay.
     *
     * @param rates the rates from now on
     * @throws io.github.culvert.nat.config.InvalidConfigException if the configuration does not allow them; the old ones
     *     stay in force
     */
    void reconfigure(Rates rates);

    /**
     * Changes the timeouts while the NAT runs, also for the sessions that are there. Takes time in proportion to the size
     * of the table.
     *
     * @param timeouts the timeouts from now on
     * @throws io.github.culvert.nat.config.InvalidConfigException if the configuration does not allow them; the old ones
     *     stay in force
     */
    void reconfigure(Timeouts timeouts);

    /**
     * Switches an ALG on. Control channels that are there already are not followed, since their beginning was not read.
     * Experimental, as package {@code alg}.
     *
     * @param alg the name of an ALG that the engine was built with
     * @throws IllegalArgumentException if there is no such ALG
     */
    void enable(String alg);

    /**
     * Switches an ALG off. What it has bound ends at once; its control channels pass from now on like any other session.
     * Experimental, as package {@code alg}.
     *
     * @param alg the name of an ALG that the engine was built with
     * @throws IllegalArgumentException if there is no such ALG
     */
    void disable(String alg);

    /**
     * The ALGs of the engine. Experimental, as package {@code alg}.
     *
     * @return a snapshot, in the order in which they were added
     */
    List<AlgStatus> algs();

    /**
     * What the ALGs have observed: the VPNs in use that need passthrough. Experimental, as package {@code alg}.
     *
     * @return a snapshot, in no order
     */
    List<Finding> findings();

    /**
     * Reserves identifiers of a public address for the machine that the NAT runs on: they are never given to an inside
     * host, and packets from the outside to them go to the host.
     *
     * @param protocol the protocol
     * @param address one of the public addresses
     * @param first the first identifier, 0 to 65535
     * @param last the last identifier, {@code first} to 65535
     * @throws IllegalArgumentException if the address is no public address or the range is none
     * @throws IllegalStateException if one of them is in use; the message names the holder, and nothing is reserved
     */
    void reserveForHost(Protocol protocol, Ipv4Address address, int first, int last);

    /**
     * Adds a public address. Inside hosts that come from now on may get it. Closes the sessions that go out to it, whose
     * packets turn round from now on. Takes time in proportion to the size of the table.
     *
     * @param address an address that the configuration could have
     * @throws io.github.culvert.nat.config.InvalidConfigException if the configuration would not be allowed with it, for
     *     example since it lies in an inside network (RFC 4787 REQ-7); the addresses stay as they are
     * @throws IllegalStateException if identifiers are assigned deterministically, so that the addresses follow from the
     *     configuration alone
     */
    void addPublicAddress(Ipv4Address address);

    /**
     * Removes a public address and closes all sessions and mappings that use it, from either side; inside hosts get another one. Takes time
     * in proportion to the size of the table.
     *
     * @param address one of the public addresses
     * @throws IllegalArgumentException if it is none of them
     * @throws io.github.culvert.nat.config.InvalidConfigException if the configuration would not be allowed without it,
     *     for example since an address forward needs it
     * @throws IllegalStateException if a static forward leads from it, identifiers of it are reserved for the host, it is
     *     the last that inside hosts share, or identifiers are assigned deterministically; the addresses stay as they are
     */
    void removePublicAddress(Ipv4Address address);

    /**
     * Gives up a reservation for the host.
     *
     * @param protocol the protocol
     * @param address one of the public addresses
     * @param first the first identifier
     * @param last the last identifier
     * @throws IllegalArgumentException if the address is no public address or the range is none
     */
    void releaseForHost(Protocol protocol, Ipv4Address address, int first, int last);
}
