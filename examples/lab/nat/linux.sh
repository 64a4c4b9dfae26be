#!/bin/bash
# Control: the Linux kernel's own NAT (nftables masquerade), the lab's static forwards, nothing else new from outside, no
# foreign source from inside. LAB_MASQUERADE=fully-random makes its mapping depend on the destination: b06 must then fail.
. "$(dirname "$0")/../lib.sh"
set -e
ns nat ip addr add $INSIDE_GW/24 dev br0
ns nat ip addr add $PUBLIC_ADDR/24 dev wan
ns nat ip route add default via $OUTSIDE_GW
ns nat ip route add $DEEP via $C3
ns nat sysctl -qw net.ipv4.ip_forward=1 net.ipv4.ipfrag_time=5 # it holds all fragments in one memory; see f03

# tcp:8080=192.168.77.11:80  ->  tcp dport 8080 dnat to 192.168.77.11:80
forward_rules() {
  local forward protocol port
  for forward in $LAB_FORWARDS; do
    protocol=${forward%%:*} port=${forward#*:}
    echo "ip daddr $PUBLIC_ADDR $protocol dport ${port%%=*} dnat to ${forward#*=};"
  done
}

ns nat nft -f - <<RULES
table ip lab {
  chain inward { type nat hook prerouting priority dstnat; iifname "wan" jump forwards; }
  chain forwards { $(forward_rules) }
  chain outward { type nat hook postrouting priority srcnat; oifname "wan" ip saddr $INSIDE_NET masquerade ${LAB_MASQUERADE:-}; }
  chain guard { type filter hook forward priority filter; policy accept;
    iifname "wan" ct status dnat accept;
    iifname "wan" ct state invalid,new drop;
    iifname "br0" ip saddr != $INSIDE_NET drop; }
  chain self { type filter hook input priority filter; policy accept;
    iifname "wan" ct state invalid,new drop; }
}
RULES
