#!/bin/bash
# Builds the lab:   deep -- c3 (link of 1300 bytes);  c1,c2,c3 -- br0 [nat] wan -- switch -- srv, srv2, router -- far (1280)
# usage: up.sh linux | none | custom-tun        what does NAT in `nat`: see nat/
. "$(dirname "$0")/lib.sh"
set -e
MODE=${1:-linux}

make_namespace() {
  ip netns add "$LAB_PFX$1"
  ns "$1" sysctl -qw \
    net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1 \
    net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.default.rp_filter=0 \
    net.ipv4.conf.all.send_redirects=0 net.ipv4.conf.default.send_redirects=0 \
    net.ipv4.conf.all.accept_redirects=0 net.ipv4.conf.default.accept_redirects=0 \
    net.ipv4.icmp_ratelimit=0 net.ipv4.icmp_msgs_per_sec=100000 \
    net.ipv4.ping_group_range="0 2147483647"
  ns "$1" ip link set lo up
}

# join NAMESPACE INTERFACE NAMESPACE INTERFACE: a cable
join() {
  ip link add "$2" netns "$LAB_PFX$1" type veth peer name "$4" netns "$LAB_PFX$3"
  ns "$1" ip link set "$2" up
  ns "$3" ip link set "$4" up
}

make_inside() {
  local number=1 host
  ns nat ip link add br0 type bridge
  ns nat ip link set br0 up
  for host in $INSIDE_HOSTS; do
    join nat in$number "$host" eth0
    ns nat ip link set in$number master br0
    ns "$host" ip addr add "$(address_of "$host")/24" dev eth0
    ns "$host" ip route add default via $INSIDE_GW
    number=$((number + 1))
  done
}

# An inside host behind another one, which makes ICMP errors on the inside. What it says of the segments it takes is more
# than its link carries: only such an error tells a server so.
make_deep() {
  join c3 d-deep deep eth0
  ns c3 ip link set d-deep mtu $DEEP_MTU
  ns c3 ip route add $DEEP dev d-deep
  ns c3 sysctl -qw net.ipv4.ip_forward=1
  ns deep ip link set eth0 mtu $DEEP_MTU
  ns deep ip addr add $DEEP/32 dev eth0
  ns deep ip route add $C3 dev eth0
  ns deep ip route add default via $C3 advmss 1460
}

# No server has a route to INSIDE_NET: an untranslated packet gets no answer.
make_outside() {
  local port server
  ns wan ip link add sw0 type bridge
  ns wan ip link set sw0 up
  ns wan ip addr add $OUTSIDE_GW/24 dev sw0
  ns wan sysctl -qw net.ipv4.ip_forward=1
  join nat wan wan p-nat
  join wan p-srv srv eth0
  join wan p-srv2 srv2 eth0
  for port in p-nat p-srv p-srv2; do ns wan ip link set $port master sw0; done
  ns srv ip addr add $SRV/24 dev eth0
  ns srv ip addr add $SRV_B/24 dev eth0
  ns srv2 ip addr add $SRV2/24 dev eth0
  for server in srv srv2; do ns $server ip route add $FAR_NET via $OUTSIDE_GW; done
}

make_far() {
  join wan d-far far eth0
  ns wan ip addr add $FAR_GW/24 dev d-far
  ns wan ip link set d-far mtu $FAR_MTU
  ns far ip addr add $FAR/24 dev eth0
  ns far ip link set eth0 mtu $FAR_MTU
  ns far ip route add default via $FAR_GW
}

"$LAB/down.sh"
for name in $NAMESPACES; do make_namespace "$name"; done
make_inside
make_deep
make_outside
make_far
"$LAB/nat/$MODE.sh"
echo "up: $MODE, namespaces $LAB_PFX{${NAMESPACES// /,}}"
