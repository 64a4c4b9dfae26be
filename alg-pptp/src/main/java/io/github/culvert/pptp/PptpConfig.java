package io.github.culvert.pptp;

import io.github.culvert.nat.alg.Action.Aftermath;
import io.github.culvert.nat.alg.AddressUse;
import io.github.culvert.nat.packet.Ipv4Prefix;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What the PPTP ALG is told: an immutable value. {@link #problems()} names all that is wrong with it at once.
 *
 * @param controlPorts the TCP ports where PPTP is spoken, each 1 to 65535, one to sixteen of them; 1723 by default
 * @param expected how long GRE of a call is expected before the call is answered; 30 s or more, 60 s by default
 * @param idle after how long without GRE, and without an echo on the control connection, a call stops being open; 120
 *     s or more, 300 s by default
 * @param rest how long a Call ID is not used again towards the same remote address; 0 or more, 60 s by default
 * @param linger how long late GRE passes after a call was cleared; 0 or more, 60 s by default
 * @param callsPerConnection how many calls one control connection may have open, 1 to 256; 16 by default
 * @param callsPerHost how many calls one inside host may have open, 1 to 65534; 64 by default
 * @param onDesync what becomes of a control connection that stops being PPTP; it passes by default
 * @param insideNetworks the inside hosts that are served; all if there is no network
 * @param remotes the remote addresses towards which they are served; all if there is no network
 * @param addressUse whether clients of one server share a public address; they do by default (PPTP allows one control
 *     connection between two hosts, RFC 2637 section 2.1, so that a strict server may refuse a second one)
 * @param quirks what is understood though RFC 2637 says otherwise; all by default
 */
public record PptpConfig(
        List<Integer> controlPorts,
        Duration expected,
        Duration idle,
        Duration rest,
        Duration linger,
        int callsPerConnection,
        int callsPerHost,
        Aftermath onDesync,
        List<Ipv4Prefix> insideNetworks,
        List<Ipv4Prefix> remotes,
        AddressUse addressUse,
        Set<PptpQuirk> quirks) {

    /** The defaults: port 1723, everybody, every quirk understood. */
    public static final PptpConfig STANDARD = new PptpConfig(
            List.of(1723),
            Duration.ofSeconds(60),
            Duration.ofSeconds(300),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            16,
            64,
            Aftermath.PASS,
            List.of(),
            List.of(),
            AddressUse.PAIRED,
            EnumSet.allOf(PptpQuirk.class));

    /** The longest that any time can be. */
    public static final Duration LONGEST = Duration.ofDays(20);

    /**
     * One thing that is wrong with a configuration.
     *
     * @param setting the name of the setting
     * @param value its value, as text
     * @param allowed what would be allowed
     */
    public record Problem(String setting, String value, String allowed) {
        @Override
        public String toString() {
            return setting + ": '" + value + "' is not allowed; " + allowed;
        }
    }

    /**
     * Copies what could change.
     *
     * @param controlPorts the TCP ports where PPTP is spoken, each 1 to 65535, one to sixteen of them; 1723 by
     *     default
     * @param expected how long GRE of a call is expected before the call is answered; 30 s or more, 60 s by default
     * @param idle after how long without GRE, and without an echo on the control connection, a call stops being open;
     *     120 s or more, 300 s by default
     * @param rest how long a Call ID is not used again towards the same remote address; 0 or more, 60 s by default
     * @param linger how long late GRE passes after a call was cleared; 0 or more, 60 s by default
     * @param callsPerConnection how many calls one control connection may have open, 1 to 256; 16 by default
     * @param callsPerHost how many calls one inside host may have open, 1 to 65534; 64 by default
     * @param onDesync what becomes of a control connection that stops being PPTP; it passes by default
     * @param insideNetworks the inside hosts that are served; all if there is no network
     * @param remotes the remote addresses towards which they are served; all if there is no network
     * @param addressUse whether clients of one server share a public address; they do by default
     * @param quirks what is understood though RFC 2637 says otherwise; all by default
     */
    public PptpConfig {
        controlPorts = List.copyOf(controlPorts);
        insideNetworks = List.copyOf(insideNetworks);
        remotes = List.copyOf(remotes);
        quirks = Set.copyOf(quirks);
    }

    /**
     * The same with other {@link #controlPorts()}.
     *
     * @param changed the TCP ports where PPTP is spoken, each 1 to 65535, one to sixteen of them; 1723 by default
     * @return a new configuration
     */
    public PptpConfig withControlPorts(List<Integer> changed) {
        PptpConfigEdit edit = new PptpConfigEdit(this);
        edit.controlPorts = changed;
        return edit.done();
    }

    /**
     * The same with other {@link #expected()}.
     *
     * @param changed how long GRE of a call is expected before the call is answered; 30 s or more, 60 s by default
     * @return a new configuration
     */
    public PptpConfig withExpected(Duration changed) {
        PptpConfigEdit edit = new PptpConfigEdit(this);
        edit.expected = changed;
        return edit.done();
    }

    /**
     * The same with other {@link #idle()}.
     *
     * @param changed after how long without GRE, and without an echo on the control connection, a call stops being
     *     open; 120 s or more, 300 s by default
     * @return a new configuration
     */
    public PptpConfig withIdle(Duration changed) {
        PptpConfigEdit edit = new PptpConfigEdit(this);
        edit.idle = changed;
        return edit.done();
    }

    /**
     * The same with other {@link #rest()}.
     *
     * @param changed how long a Call ID is not used again towards the same remote address; 0 or more, 60 s by default
     * @return a new configuration
     */
    public PptpConfig withRest(Duration changed) {
        PptpConfigEdit edit = new PptpConfigEdit(this);
        edit.rest = changed;
        return edit.done();
    }

    /**
     * The same with other {@link #linger()}.
     *
     * @param changed how long late GRE passes after a call was cleared; 0 or more, 60 s by default
     * @return a new configuration
     */
    public PptpConfig withLinger(Duration changed) {
        PptpConfigEdit edit = new PptpConfigEdit(this);
        edit.linger = changed;
        return edit.done();
    }

    /**
     * The same with other {@link #callsPerConnection()}.
     *
     * @param changed how many calls one control connection may have open, 1 to 256; 16 by default
     * @return a new configuration
     */
    public PptpConfig withCallsPerConnection(int changed) {
        PptpConfigEdit edit = new PptpConfigEdit(this);
        edit.callsPerConnection = changed;
        return edit.done();
    }

    /**
     * The same with other {@link #callsPerHost()}.
     *
     * @param changed how many calls one inside host may have open, 1 to 65534; 64 by default
     * @return a new configuration
     */
    public PptpConfig withCallsPerHost(int changed) {
        PptpConfigEdit edit = new PptpConfigEdit(this);
        edit.callsPerHost = changed;
        return edit.done();
    }

    /**
     * The same with other {@link #onDesync()}.
     *
     * @param changed what becomes of a control connection that stops being PPTP; it passes by default
     * @return a new configuration
     */
    public PptpConfig withOnDesync(Aftermath changed) {
        PptpConfigEdit edit = new PptpConfigEdit(this);
        edit.onDesync = changed;
        return edit.done();
    }

    /**
     * The same with other {@link #insideNetworks()}.
     *
     * @param changed the inside hosts that are served; all if there is no network
     * @return a new configuration
     */
    public PptpConfig withInsideNetworks(List<Ipv4Prefix> changed) {
        PptpConfigEdit edit = new PptpConfigEdit(this);
        edit.insideNetworks = changed;
        return edit.done();
    }

    /**
     * The same with other {@link #remotes()}.
     *
     * @param changed the remote addresses towards which they are served; all if there is no network
     * @return a new configuration
     */
    public PptpConfig withRemotes(List<Ipv4Prefix> changed) {
        PptpConfigEdit edit = new PptpConfigEdit(this);
        edit.remotes = changed;
        return edit.done();
    }

    /**
     * The same with another {@link #addressUse()}.
     *
     * @param changed whether clients of one server share a public address; they do by default
     * @return a new configuration
     */
    public PptpConfig withAddressUse(AddressUse changed) {
        PptpConfigEdit edit = new PptpConfigEdit(this);
        edit.addressUse = changed;
        return edit.done();
    }

    /**
     * The same with other {@link #quirks()}.
     *
     * @param changed what is understood though RFC 2637 says otherwise; all by default
     * @return a new configuration
     */
    public PptpConfig withQuirks(Set<PptpQuirk> changed) {
        PptpConfigEdit edit = new PptpConfigEdit(this);
        edit.quirks = changed;
        return edit.done();
    }

    /**
     * Everything that is wrong with this configuration.
     *
     * @return the problems, in the order of the settings; empty if there are none
     */
    public List<Problem> problems() {
        return PptpConfigRules.problems(this);
    }

    /** Whether a pair of an inside host and a remote address is served. */
    boolean serves(int inside, int remote) {
        return contains(insideNetworks, inside) && contains(remotes, remote);
    }

    private static boolean contains(List<Ipv4Prefix> networks, int address) {
        return networks.isEmpty() || networks.stream().anyMatch(network -> network.contains(address));
    }
}
