/** A gateway of somebody else. The build on the class path leaves this file out. */
module org.example.consumer {
    requires io.github.culvert.nat;
    requires io.github.culvert.pptp;
    requires io.github.culvert.l2tp;
    requires io.github.culvert.ipsec;
}
