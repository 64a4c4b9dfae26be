package io.github.culvert.gateway.options;

import io.github.culvert.nat.config.AddressForward;
import io.github.culvert.nat.config.Assignment;
import io.github.culvert.nat.config.Exemption;
import io.github.culvert.nat.config.MssClamp;
import io.github.culvert.nat.config.Rate;
import io.github.culvert.nat.config.StaticForward;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.nat.packet.Ipv4Prefix;
import java.time.Duration;
import java.util.Map;

/** The forms of values that more than one enum's worth of settings have. */
final class Forms {
    static final Form<Boolean> SWITCH = new Form<>("true|false", Values::truth, String::valueOf);
    static final Form<Integer> COUNT = new Form<>("N", Values::number, String::valueOf);
    static final Form<Integer> BYTES = new Form<>("BYTES", Values::bytes, Values::bytesText);
    static final Form<Duration> TIME = new Form<>("TIME", Values::duration, Values::durationText);
    static final Form<Rate> RATE = new Form<>("unlimited|N|N:BURST", PolicyValues::rate, PolicyValues::text);

    static final Form<Ipv4Address> ADDRESS = new Form<>("ADDR", AddressValues::address, String::valueOf);
    static final Form<Ipv4Prefix> NETWORK = new Form<>("CIDR", AddressValues::network, String::valueOf);
    static final Form<AddressForward> ADDRESS_FORWARD =
            new Form<>("ADDR=ADDR", AddressValues::addressForward, String::valueOf);
    static final Form<Exemption> EXEMPTION = new Form<>("CIDR[:PORT-PORT]", AddressValues::exemption, String::valueOf);

    static final Form<PortRange> PORTS = new Form<>("PORT[-PORT]", PortRange::parse, String::valueOf);
    static final Form<Map.Entry<Integer, Duration>> SHORT_TIMEOUT =
            new Form<>("PORT:TIME", PolicyValues::shortTimeout, PolicyValues::text);
    static final Form<MssClamp> CLAMP = new Form<>("off|mtu|BYTES", PolicyValues::clamp, PolicyValues::text);
    static final Form<Assignment> ASSIGNMENT =
            new Form<>("shared|blocks:SIZE|deterministic:PORTS:BLOCK", PolicyValues::assignment, PolicyValues::text);

    private Forms() {}

    /** A forward whose public address may be left out; then it is the first one. */
    static Form<StaticForward> forward(Ipv4Address firstPublic) {
        return new Form<>("FORWARD", text -> AddressValues.forward(text, firstPublic), String::valueOf);
    }
}
