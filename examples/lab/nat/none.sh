#!/bin/bash
# Control: no NAT at all, plain routing, and servers that know the way back. Shows that a case itself works.
. "$(dirname "$0")/../lib.sh"
set -e
ns nat ip addr add $INSIDE_GW/24 dev br0
ns nat ip addr add $PUBLIC_ADDR/24 dev wan
ns nat ip route add default via $OUTSIDE_GW
ns nat ip route add $DEEP via $C3
ns nat sysctl -qw net.ipv4.ip_forward=1
for name in srv srv2 wan; do ns $name ip route add $INSIDE_NET via $PUBLIC_ADDR; done
