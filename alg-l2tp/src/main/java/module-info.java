/** L2TP passthrough. */
module io.github.culvert.l2tp {
    requires transitive io.github.culvert.nat;
    requires static transitive org.jspecify;

    exports io.github.culvert.l2tp;
}
