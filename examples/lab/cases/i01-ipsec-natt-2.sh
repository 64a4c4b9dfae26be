#!/bin/bash
# what: IKEv2 with NAT-T (UDP 500, then ESP in UDP 4500), two hosts and one server: ping through both tunnels; rekeying of
#       child and IKE security associations by the server and by a client; keepalives
# timeout: 60
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/ikev2.sh"
[ "$MODE" != none ] || skip "without a NAT there is no NAT-T"
ike_server
for number in 1 2; do check up-c$number ike_client c$number cl$number "keep_alive = 2s"; done
both() { for number in 1 2; do check $1-c$number ping_all c$number $IKE_SERVER; done; }
both ping
check server-rekeys-children ike_tool srv server --rekey --child net
sleep 1
both child-rekeyed
check server-rekeys-ike ike_tool srv server --rekey --ike rw
sleep 1
both ike-rekeyed
check client-rekeys-ike ike_tool c1 cl1 --rekey --ike home
sleep 3 # one keepalive
both client-rekeyed
check endpoints test "$(ike_endpoints | wc -l)" = 2
PASSED="$PASSED; server sees $(ike_endpoints | tr '\n' ' ')"
verdict
