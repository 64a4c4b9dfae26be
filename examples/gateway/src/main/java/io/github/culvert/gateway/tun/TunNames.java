package io.github.culvert.gateway.tun;

import java.nio.charset.StandardCharsets;

/** The rule for names of network interfaces. */
public final class TunNames {
    /** Bytes of a name: IFNAMSIZ without the closing zero. */
    static final int LONGEST = 15;

    /** What a name can be. */
    public static final String ALLOWED =
            "the name of a TUN device: 1 to 15 bytes without spaces, '/', ':' and '%', such as natlan";

    private TunNames() {}

    /**
     * Checks a name as the kernel does (dev_valid_name), without its patterns such as {@code tun%d}.
     *
     * @param name the name
     * @return the name
     * @throws IllegalArgumentException with {@link #ALLOWED} if it is none
     */
    public static String check(String name) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        boolean letters = name.chars().noneMatch(c -> c <= ' ' || c == 0x7f || "/:%".indexOf(c) >= 0);
        if (bytes < 1 || bytes > LONGEST || !letters || name.equals(".") || name.equals("..")) {
            throw new IllegalArgumentException(ALLOWED);
        }
        return name;
    }
}
