#!/bin/bash
# what: one host: TCP, UDP, fragments, ping. The first thing to try with a new gateway
# timeout: 30
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/echo.sh"
echo_servers
check tcp ns c1 $TCP echo $SRV $ECHO 20000000
check udp ns c1 $UDP echo $SRV $ECHO 1400 100
check udp-4000 ns c1 $UDP echo $SRV2 $ECHO 4000 20
check icmp ns c1 ping -q -c 10 -i .05 -W 1 $SRV
verdict
