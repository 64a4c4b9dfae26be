#!/bin/bash
# what: hosts learn the MTU of the path to `far` (1280) by ICMP errors through the NAT: ping, tracepath, UDP, TCP in bulk from
#       full segments on; what may be cut arrives in pieces
# timeout: 30
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/echo.sh"
. "$LAB/parts/errors.sh"
. "$LAB/parts/mtu.sh"
need tracepath
echo_servers
far_says() { ns far ip route replace default via $FAR_GW $*; } # of the segments that it takes
trap far_says EXIT
far_says advmss 1460
forget() { ns "$1" ip route flush cache; }
check udp ns c1 $ERRORS out $FAR $ECHO 3 4 $OUTSIDE_GW --size 1400 --whole --mtu $FAR_MTU
check udp-learned learned c1 $FAR $FAR_MTU
check udp-whole ns c1 $UDP echo $FAR $ECHO $((FAR_MTU - 28)) 5 --whole
check ping sh -c "ip netns exec ${LAB_PFX}c2 ping -n -c 1 -W 1 -s 1400 -M do $FAR | grep 'mtu = $FAR_MTU'"
for host in c1 c2; do forget $host; done
check tracepath sh -c "ip netns exec ${LAB_PFX}c2 tracepath -n -m 8 $FAR | grep 'pmtu $FAR_MTU'"
jobs=
for host in $INSIDE_HOSTS; do
  forget $host
  ns $host $TCP echo $FAR $ECHO 2097152 --sport 6730 >"$CASE_DIR/tcp-$host" 2>&1 & jobs="$jobs $!"
done
wait $jobs
for host in $INSIDE_HOSTS; do
  check tcp-$host grep '2097152/2097152' "$CASE_DIR/tcp-$host"
  check tcp-learned-$host learned $host $FAR $FAR_MTU
done
check udp-cut ns c1 $UDP echo $FAR $ECHO 1472 5
verdict
