#!/bin/bash
# what: servers learn the MTU of the path to a host behind another one (1300) by ICMP errors that a router inside makes: UDP,
#       TCP in bulk from full segments on
# timeout: 30
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/echo.sh"
. "$LAB/parts/errors.sh"
. "$LAB/parts/mtu.sh"
echo_servers
provoke udp deep 6740 3 4 "$(inside_seen c3)" --size 1400 --whole --mtu $DEEP_MTU
check udp-learned learned srv "$(inside_seen deep)" $DEEP_MTU
check tcp ns deep $TCP echo $SRV2 $ECHO 2097152
check tcp-learned learned srv2 "$(inside_seen deep)" $DEEP_MTU
check tcp-equal-port ns deep $TCP echo $SRV2 $ECHO 1000000 --sport 6741
check udp-cut ns deep $UDP echo $SRV_B $ECHO 1472 5
verdict
