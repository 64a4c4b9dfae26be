#!/bin/bash
# what: TCP, UDP and ICMP echo of single hosts with several servers, full-sized packets, half-closed TCP
# timeout: 30
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/echo.sh"
echo_servers
check tcp ns c1 $TCP echo $SRV $ECHO 4000000
check tcp-far ns c3 $TCP echo $FAR $ECHO 200000
check tcp-half-close ns c1 $TCP half-close $SRV $ECHO
check udp ns c1 $UDP echo $SRV $ECHO 64 50
check udp-1472 ns c2 $UDP echo $SRV2 $ECHO 1472 20 --whole
check icmp ns c1 ping -q -c 5 -i .05 -W 1 $SRV
check icmp-1472 ns c2 ping -q -c 5 -i .05 -W 1 -s 1472 -M do $SRV2
verdict
