#!/bin/bash
# what: ICMP errors from outside reach the socket whose packet they quote, with the quote as that host sent it: closed port,
#       unreachable, prohibited, TTL, too large; about UDP, TCP and ping
# timeout: 30
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/echo.sh"
. "$LAB/parts/errors.sh"
refuse_at_the_router
whole_checksums c1 c2
check closed ns c1 $ERRORS out $SRV $CLOSED 3 3 $SRV
check closed-equal-port ns c1 $ERRORS out $SRV $CLOSED 3 3 $SRV --sport 6701
check closed-other-host ns c2 $ERRORS out $SRV $CLOSED 3 3 $SRV --sport 6701 --size 1400
check closed-fragments ns c2 $ERRORS out $SRV $CLOSED 3 3 $SRV --size 4000
check closed-far ns c1 $ERRORS out $FAR $CLOSED 3 3 $FAR
check unreachable ns c1 $ERRORS out $UNREACHABLE 9 3 1 $OUTSIDE_GW
check prohibited ns c2 $ERRORS out $PROHIBITED 9 3 13 $OUTSIDE_GW
check too-large ns c1 $ERRORS out $FAR $ECHO 3 4 $OUTSIDE_GW --size 1400 --whole --mtu $FAR_MTU
check ttl ns c2 $ERRORS out $FAR $ECHO 11 0 $OUTSIDE_GW --ttl "$(distance c2 $OUTSIDE_GW)"
check tcp-unreachable ns c1 $ERRORS connect $UNREACHABLE 80 EHOSTUNREACH
check tcp-prohibited ns c1 $ERRORS connect $PROHIBITED 80 EHOSTUNREACH
check ping-unreachable sh -c "ip netns exec ${LAB_PFX}c1 ping -n -c 1 -W 1 $UNREACHABLE | grep 'From $OUTSIDE_GW .*Host Unreachable'"
check ping-prohibited sh -c "ip netns exec ${LAB_PFX}c1 ping -n -c 1 -W 1 $PROHIBITED | grep 'From $OUTSIDE_GW .*filtered'"
check ping-too-large sh -c "ip netns exec ${LAB_PFX}c2 ping -n -c 1 -W 1 -s 1400 -M do $FAR | grep 'mtu = $FAR_MTU'"
verdict
