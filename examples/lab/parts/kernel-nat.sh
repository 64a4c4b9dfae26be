# The rules of the kernel's NAT, for a box whose interfaces are br0 and wan: masquerade, the lab's static forwards, nothing
# else new from outside, no foreign source from inside, the helper of LAB_ALGS. Source after lib.sh.

# tcp:8080=192.168.77.11:80  ->  tcp dport 8080 dnat to 192.168.77.11:80
forward_rules() {
  local forward protocol port
  for forward in $LAB_FORWARDS; do
    protocol=${forward%%:*} port=${forward#*:}
    echo "ip daddr $PUBLIC_ADDR $protocol dport ${port%%=*} dnat to ${forward#*=};"
  done
}

# What hairpins: forwards do. Mappings do not in Linux; with LAB_HAIRPIN=1 those of UDP and TCP that kept their port do, by a
# table of the ports in use, which is enough to try the cases.
hairpin_maps() {
  [ -z "${LAB_HAIRPIN:-}" ] || echo "
    map udp_holders { type inet_service : ipv4_addr; flags dynamic,timeout; timeout 5m; }
    map tcp_holders { type inet_service : ipv4_addr; flags dynamic,timeout; timeout 5m; }"
}
hairpin_notes() {
  [ -z "${LAB_HAIRPIN:-}" ] || echo "ip protocol udp add @udp_holders { udp sport : ip saddr }; ip protocol tcp add @tcp_holders { tcp sport : ip saddr };"
}
hairpin_rules() {
  [ -z "${LAB_HAIRPIN:-}" ] || echo "ip daddr $PUBLIC_ADDR dnat to udp dport map @udp_holders; ip daddr $PUBLIC_ADDR dnat to tcp dport map @tcp_holders;"
}

# The helper that follows PPTP's control connections, where the NAT is asked for it
helper_rules() {
  [[ " $LAB_ALGS " != *" pptp "* ]] || echo "
    ct helper pptp { type \"pptp\" protocol tcp; }
    chain helped { type filter hook prerouting priority filter; tcp dport 1723 ct helper set \"pptp\"; }"
}

kernel_nat_rules() {
  cat <<RULES
table ip lab {
  $(helper_rules)
  $(hairpin_maps)
  chain inward { type nat hook prerouting priority dstnat; iifname "wan" jump forwards; iifname "br0" jump hairpins; }
  chain forwards { $(forward_rules) }
  chain hairpins { $(forward_rules) $(hairpin_rules) }
  chain outward { type nat hook postrouting priority srcnat;
    oifname "br0" ip saddr $INSIDE_NET ct status dnat snat to $PUBLIC_ADDR;
    oifname "wan" ip saddr $INSIDE_NET jump masqueraded; }
  chain masqueraded { $(hairpin_notes) masquerade ${LAB_MASQUERADE:-}; }
  chain guard { type filter hook forward priority filter; policy accept;
    iifname "wan" ct status dnat accept;
    iifname "wan" ct state invalid,new drop;
    iifname "br0" ip saddr != $INSIDE_NET drop; }
  chain self { type filter hook input priority filter; policy accept;
    iifname "wan" ct state invalid,new drop; }
}
RULES
}
