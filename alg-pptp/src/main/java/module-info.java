/** PPTP passthrough (RFC 2637). */
module io.github.culvert.pptp {
    requires transitive io.github.culvert.nat;
    requires static transitive org.jspecify;

    exports io.github.culvert.pptp;
}
