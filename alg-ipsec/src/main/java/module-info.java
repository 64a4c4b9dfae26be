/** IPSEC passthrough. */
module io.github.culvert.ipsec {
    requires transitive io.github.culvert.nat;
    requires static transitive org.jspecify;
    requires org.bouncycastle.provider;

    exports io.github.culvert.ipsec;
}
