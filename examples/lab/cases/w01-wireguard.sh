#!/bin/bash
# what: WireGuard (wireguard-go), two hosts with one UDP source port and one server: ping both ways, bulk TCP, a new handshake,
#       a client that moves to another port
# timeout: 60
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/wireguard.sh"
. "$LAB/parts/iperf.sh"
wg_keys srv c1 c2
wg_server c1 c2
for host in c1 c2; do wg_client $host; done
for host in c1 c2; do check ping-$host ping_all $host $WG_SERVER; done
check from-server ping_all srv 10.77.0.12 5
check bulk-c1 bulk c1 $WG_SERVER
check endpoints test "$(wg_endpoints | uniq | wc -l)" = 2
wg_tool c1 set wg0 listen-port 51900
check moved ping_all c1 $WG_SERVER
check after-move ping_all c2 $WG_SERVER
PASSED="$PASSED; server sees $(wg_endpoints | tr '\n' ' ')"
verdict
