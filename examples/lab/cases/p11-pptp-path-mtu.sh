#!/bin/bash
# what: PPTP to a server behind a link of 1280 bytes, two clients with one Call ID: the ICMP error quotes GRE and comes to the
#       host that sent it, and to no other; that host then knows the path, and its full frames go in fragments. (pptp-linux
#       itself gives up its call at such an error, and is dialled again.)
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
ns c2 ping -q -c 1 -W 1 -s 1372 $PPTP_SERVER >"$CASE_DIR/too-large" 2>&1
check learned learned c2 $FAR $FAR_MTU
check not-the-other sh -c "! ip netns exec ${LAB_PFX}c1 ip route get $FAR | grep mtu"
check other-stays ping_all c1 $PPTP_SERVER 5
end_processes TERM c2
pptp_client c2 again $FAR $EQUAL_ID
check up-again tunnel_up again || verdict
check large ping_all c2 $PPTP_SERVER 5 -s 1372
check large-from-server ping_all far "$(inner again)" 5 -s 1372
check nothing-foreign nothing_foreign
verdict
