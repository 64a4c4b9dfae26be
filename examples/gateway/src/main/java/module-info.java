/**
 * The example gateway: NAT between two TUN devices, and over recorded traffic.
 *
 * <p>Open, since picocli fills the options of the commands by reflection.
 */
@SuppressWarnings("NotJavadoc") // a false alarm on open modules
open module io.github.culvert.gateway {
    requires com.sun.jna;
    requires info.picocli;
    requires io.netty.buffer;
    requires io.github.culvert.nat;
    requires io.github.culvert.pptp;
    requires jdk.unsupported;
    requires me.tongfei.progressbar;
    requires org.slf4j;
    requires org.snakeyaml.engine;
    requires static transitive org.jspecify;

    exports io.github.culvert.gateway;
}
