#!/bin/bash
# what: a NAT that is a hop and whose outside carries 1400 bytes: it says so itself of what may not be cut, cuts what may be,
#       gets TCP through, and answers in traceroutes of both sides
# timeout: 30
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/echo.sh"
. "$LAB/parts/errors.sh"
. "$LAB/parts/fragments.sh"
. "$LAB/parts/mtu.sh"
needs_nat
outside_mtu 1400
echo_servers
need traceroute
check ping sh -c "ip netns exec ${LAB_PFX}c1 ping -n -c 1 -W 1 -s 1400 -M do $SRV | grep 'mtu = 1400'"
check ping-fits ns c1 ping -n -q -c 2 -i .1 -W 1 -s 1372 -M do $SRV
check tcp ns c2 $TCP echo $SRV $ECHO 2097152
check tcp-learned learned c2 $SRV 1400
check udp-whole ns c3 $UDP echo $SRV $ECHO 1372 5 --whole
watch_fragments srv "dst $SRV"
start srv larger tcpdump -i eth0 -n -l -U "ip[2:2] > 1400 and dst $SRV"
logged 5 larger 'listening on'
check udp-cut ns c3 $UDP echo $SRV $ECHO 1472 10
check udp-20000 ns c3 $UDP echo $SRV $ECHO 20000 5
check cut-at-the-server saw_fragments srv
check none-larger sh -c "! grep ' IP ' '$CASE_DIR/larger.log'"
for host in c1 srv; do
  target=$([ $host = srv ] && echo $PUBLIC_ADDR || echo $SRV)
  check hops-of-$host sh -c "ip netns exec ${LAB_PFX}$host traceroute -n -q 1 -w 1 -m 8 -T -p 8080 $target | awk '{ print } /\*/ { silent = 1 } END { exit silent }'"
done
verdict
