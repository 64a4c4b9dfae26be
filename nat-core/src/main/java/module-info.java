/**
 * The NAT engine, the NAT table API and the immutable packet model.
 *
 * <p>Packages, each importing only from those below it: {@code engine} (the facade), {@code flow} (what happens to one
 * packet), {@code channel} (control channels, followed for ALGs), {@code answer} (what the NAT itself says about it), {@code fragment} (datagrams in several packets), {@code
 * verdict} (what becomes of a packet), {@code table} (flat memory), {@code event} (what listeners are told), {@code
 * config} (what a NAT is told), {@code alg} (the contract with the ALGs), {@code audit} (what the owner should know),
 * {@code mapping} (the words of RFC 4787 as values), {@code packet} (immutable views and
 * builders), {@code wire} (offsets and checksum arithmetic) and {@code refusal} (why a packet was not translated).
 */
module io.github.culvert.nat {
    requires transitive io.netty.buffer;
    requires transitive io.netty.common;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.github.culvert.nat.alg;
    exports io.github.culvert.nat.audit;
    exports io.github.culvert.nat.config;
    exports io.github.culvert.nat.engine;
    exports io.github.culvert.nat.event;
    exports io.github.culvert.nat.mapping;
    exports io.github.culvert.nat.packet;
    exports io.github.culvert.nat.refusal;
    exports io.github.culvert.nat.wire to
            io.github.culvert.pptp,
            io.github.culvert.l2tp,
            io.github.culvert.ipsec;
}
