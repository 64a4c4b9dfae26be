#!/bin/bash
# what: OpenVPN over UDP with a tunnel of 1500 bytes: every full packet of it is two fragments outside, in bulk and both ways
# timeout: 60
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/echo.sh"
. "$LAB/parts/fragments.sh"
. "$LAB/parts/openvpn.sh"
. "$LAB/parts/iperf.sh"
vpn_certificates
vpn_server udp --tun-mtu 1500 --mssfix 0
watch_fragments srv "dst $SRV"
watch_fragments c1 "dst $C1"
for host in c1 c2; do vpn_client $host udp --tun-mtu 1500 --mssfix 0; done
for host in c1 c2; do check ping-$host sh -c "ip netns exec $LAB_PFX$host ping -q -c 5 -i .1 -W 2 -s 1472 -M do $VPN_SERVER | grep ' 0% '"; done
check bulk-c1 bulk c1 $VPN_SERVER
check fragments-out saw_fragments srv
check fragments-in saw_fragments c1
verdict
