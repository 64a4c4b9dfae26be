#!/bin/bash
# The kernel's side of a NAT program that owns two TUN devices (IFF_TUN|IFF_NO_PI) in namespace `nat`.
#   natlan   gives the program what inside hosts send off their net; what it writes there goes to the inside hosts
#   natwan   gives it what arrives outside for PUBLIC_ADDR; what it writes there leaves by `wan`
# Nothing passes between inside and outside but through the program: the kernel routes between a TUN device and its own
# side only, and answers ARP. PUBLIC_ADDR is no address of the kernel's; its own one on `wan` is 203.0.113.2.
# It tracks no connections, so packets arrive as they were sent. It takes one from the TTL on each side, and what ICMP errors
# it then makes about packets for the other side go through the program too.
. "$(dirname "$0")/../lib.sh"
set -e
LAN=natlan WAN=natwan
OWN_ADDR=203.0.113.2

make_devices() {
  local device
  for device in $LAN $WAN; do
    ns nat ip tuntap add dev $device mode tun
    ns nat ip link set $device up mtu 1500 txqueuelen 1000
    ns nat sysctl -qw net.ipv4.conf.$device.rp_filter=0 net.ipv4.conf.$device.accept_local=1
  done
}

# routes SELECTOR TABLE ROUTE...: packets that SELECTOR picks know these routes only
routes() {
  local selector=$1 table=$2 route
  shift 2
  for route; do ns nat ip route add $route table "$table"; done
  ns nat ip route add blackhole default table "$table" metric 1000
  ns nat ip rule add $selector lookup "$table" pref "$table"
}

ns nat ip addr add $INSIDE_GW/24 dev br0
ns nat ip addr add $OWN_ADDR/24 dev wan
ns nat ip route add default via $OUTSIDE_GW dev wan
ns nat sysctl -qw net.ipv4.ip_forward=1 net.ipv4.neigh.wan.proxy_delay=0 net.ipv4.icmp_errors_use_inbound_ifaddr=1
ns nat ip neigh add proxy $PUBLIC_ADDR dev wan
make_devices
ns nat ip addr add $INSIDE_GW/32 dev $LAN
ns nat ip addr add $OWN_ADDR/32 dev $WAN
routes "iif br0" 100 "default dev $LAN"
routes "iif $LAN" 101 "$DEEP via $C3 dev br0" "$INSIDE_NET dev br0"
routes "iif wan" 102 "$PUBLIC_ADDR dev $WAN"
routes "iif $WAN" 103 "blackhole $PUBLIC_ADDR" "$OUTSIDE_NET dev wan" "default via $OUTSIDE_GW dev wan"
# The kernel's own ICMP errors are those of two more routers, one on each side.
routes "iif lo from $INSIDE_GW" 104 "$DEEP via $C3 dev br0" "$INSIDE_NET dev br0" "default dev $LAN"
routes "iif lo from $OWN_ADDR" 105 "$PUBLIC_ADDR dev $WAN" "$OUTSIDE_NET dev wan" "default via $OUTSIDE_GW dev wan"
