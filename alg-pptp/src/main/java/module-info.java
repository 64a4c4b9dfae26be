/** PPTP passthrough. */
module io.github.culvert.pptp {
    requires transitive io.github.culvert.nat;
    requires static transitive org.jspecify;

    exports io.github.culvert.pptp;
}
