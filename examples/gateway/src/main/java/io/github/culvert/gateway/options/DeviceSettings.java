package io.github.culvert.gateway.options;

import io.github.culvert.gateway.tun.TunNames;

/** The devices of the command run. */
final class DeviceSettings {
    private static final Form<String> DEVICE = new Form<>("NAME", TunNames::check, String::valueOf);

    static final Setting<String> INSIDE_TUN =
            Setting.apart("inside-tun", Setting.Arity.ONE, DEVICE).helped("TUN device of the inside.");

    static final Setting<String> OUTSIDE_TUN =
            Setting.apart("outside-tun", Setting.Arity.ONE, DEVICE).helped("TUN device of the outside.");

    static final Group GROUP = Group.of("Devices", INSIDE_TUN, OUTSIDE_TUN);

    private DeviceSettings() {}
}
