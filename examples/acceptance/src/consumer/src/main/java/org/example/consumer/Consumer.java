package org.example.consumer;

import io.github.culvert.ipsec.IkeExchangeType;
import io.github.culvert.ipsec.IkeVersion;
import io.github.culvert.l2tp.L2tpMessageType;
import io.github.culvert.nat.packet.Ipv4Address;
import io.github.culvert.pptp.PptpMessageType;

/** Uses something of each published module and prints it. */
public final class Consumer {
    private Consumer() {}

    public static void main(String[] args) {
        System.out.println("consumer runs in " + Consumer.class.getModule());
        System.out.println("nat-core runs in " + Ipv4Address.class.getModule());
        System.out.println("nat-core: " + useCore());
        System.out.println("alg-pptp: " + PptpMessageType.of(7));
        System.out.println("alg-l2tp: " + L2tpMessageType.of(1));
        System.out.println("alg-ipsec: " + IkeExchangeType.of(IkeVersion.V2, 34));
    }

    /** The place where one packet goes through a NatEngine, once that has its body. */
    private static String useCore() {
        return Ipv4Address.parse("203.0.113.1").toString();
    }
}
