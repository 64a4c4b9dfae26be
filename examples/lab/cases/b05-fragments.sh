#!/bin/bash
# what: datagrams of 4,000, 20,000 and 65,507 bytes and large pings, as fragments both ways; fragments reversed and mixed
# timeout: 30
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/echo.sh"
. "$LAB/parts/fragments.sh"
echo_servers
watch_fragments srv "dst $SRV"
check udp-4000 ns c1 $UDP echo $SRV $ECHO 4000 30
check udp-20000 ns c2 $UDP echo $SRV $ECHO 20000 5
check udp-65507 ns c3 $UDP echo $SRV $ECHO 65507 5
check udp-4000-far ns c2 $UDP echo $FAR $ECHO 4000 10
check udp-zero-checksum ns c1 $UDP echo $SRV $ECHO 4000 5 --zero-checksum
check icmp-4000 ns c1 ping -q -c 3 -i .1 -W 1 -s 4000 $SRV
check icmp-65507 ns c2 ping -q -c 3 -i .1 -W 1 -s 65507 $SRV
check reversed ns c1 $FRAGMENTS echo $SRV $ECHO reversed 4000 3
check mixed ns c3 $FRAGMENTS mixed $SRV $ECHO
check fragments-at-the-server saw_fragments srv
verdict
