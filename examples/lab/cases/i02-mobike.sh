#!/bin/bash
# what: an IKEv2 client whose address changes twice while its tunnel is in use (MOBIKE, RFC 4555): new mappings, the same
#       security associations; another client beside it is not disturbed
# timeout: 60
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/ikev2.sh"
[ "$MODE" != none ] || skip "without a NAT there is no NAT-T"
IKE_SETTINGS="mobike = yes"
SECOND=192.168.77.21
ns c1 sysctl -qw net.ipv4.conf.all.promote_secondaries=1
as_it_was() {
  ns c1 ip addr replace $C1/24 dev eth0
  ns c1 ip addr del $SECOND/24 dev eth0 2>/dev/null
  ns c1 ip route replace default via $INSIDE_GW
}
trap as_it_was EXIT

# move FROM TO
move() {
  ns c1 ip addr add "$2/24" dev eth0
  ns c1 ip addr del "$1/24" dev eth0
  ns c1 ip route replace default via $INSIDE_GW
}
updates() { [ "$(grep -c 'parsed INFORMATIONAL.*N(UPD_SA_ADDR)' "$CASE_DIR/server/charon.log")" -ge "$1" ]; }

ike_server
for number in 1 2; do check up-c$number ike_client c$number cl$number; done
check ping ping_all c1 $IKE_SERVER 5
before=$(ike_endpoints)
move $C1 $SECOND
check told waitfor 8 updates 1
check moved ping_all c1 $IKE_SERVER
check from-server ping_all srv "$(ike_inner c1 cl1)" 5
check other ping_all c2 $IKE_SERVER 5
after=$(ike_endpoints)
check new-mapping test "$before" != "$after"
move $SECOND $C1
check told-again waitfor 8 updates 2
check moved-back ping_all c1 $IKE_SERVER
check one-association sh -c "[ \$(grep -c 'IKE_SA rw\[[0-9]*\] established' '$CASE_DIR/server/charon.log') = 2 ]"
PASSED="$PASSED; server saw $(tr '\n' ' ' <<<"$before") then $(tr '\n' ' ' <<<"$after")"
verdict
