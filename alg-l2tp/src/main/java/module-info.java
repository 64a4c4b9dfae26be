/** L2TP passthrough (RFC 2661, RFC 3931). */
module io.github.culvert.l2tp {
    requires transitive io.github.culvert.nat;
    requires static transitive org.jspecify;

    exports io.github.culvert.l2tp;
}
