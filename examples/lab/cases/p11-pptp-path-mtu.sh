#!/bin/bash
# what: PPTP to a server behind a link of 1280 bytes: the ICMP errors quote GRE and must come to the host that sent it, which
#       then sends smaller packets; three clients with one Call ID
# timeout: 40
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/echo.sh"
. "$LAB/parts/mtu.sh"
. "$LAB/parts/pptp.sh"
watch_pptp
pptp_server far
for host in c1 c2; do pptp_client $host $host $FAR $EQUAL_ID; done
for host in c1 c2; do check up-$host tunnel_up $host; done
[ -z "$FAILED" ] || verdict
for host in c1 c2; do ns $host ip route flush cache; done
ns c2 ping -q -c 1 -W 1 -s 1372 $PPTP_SERVER >"$CASE_DIR/too-large" 2>&1 # the one that is told
check learned learned c2 $FAR $FAR_MTU
check not-the-other sh -c "! ip netns exec ${LAB_PFX}c1 ip route get $FAR | grep mtu"
check large-c2 ping_all c2 $PPTP_SERVER 5 -s 1372
ns c1 ping -q -c 1 -W 1 -s 1372 $PPTP_SERVER >/dev/null 2>&1
check learned-too learned c1 $FAR $FAR_MTU
check large-c1 ping_all c1 $PPTP_SERVER 5 -s 1372
check nothing-foreign nothing_foreign
verdict
