#!/bin/bash
# Control: the Linux kernel's own NAT. LAB_MASQUERADE=fully-random makes its mapping depend on the destination: b06 must then
# fail.
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/kernel-nat.sh"
set -e
ns nat ip addr add $INSIDE_GW/24 dev br0
ns nat ip addr add $PUBLIC_ADDR/24 dev wan
ns nat ip route add default via $OUTSIDE_GW
ns nat ip route add $DEEP via $C3
ns nat sysctl -qw net.ipv4.ip_forward=1 net.ipv4.ipfrag_time=5 # it holds all fragments in one memory; see f03
ns nat sysctl -qw net.bridge.bridge-nf-call-iptables=0 2>/dev/null || true # what hairpins is routed, not bridged

kernel_nat_rules | ns nat nft -f -
