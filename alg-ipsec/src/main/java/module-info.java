/** IPsec passthrough: IKE, ESP and NAT traversal (RFC 2408, RFC 7296, RFC 4303, RFC 3948). */
module io.github.culvert.ipsec {
    requires transitive io.github.culvert.nat;
    requires static transitive org.jspecify;
    requires org.bouncycastle.provider;

    exports io.github.culvert.ipsec;
}
