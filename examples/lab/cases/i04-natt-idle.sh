#!/bin/bash
# what: a NAT-T tunnel without keepalives stays open while nothing is sent: after LAB_IDLE seconds (8) the server speaks first.
#       UDP lives 300 s: LAB_IDLE=290 takes its time
# timeout: 600
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/ikev2.sh"
[ "$MODE" != none ] || skip "without a NAT there is no NAT-T"
IDLE=${LAB_IDLE:-8}
ike_server "keep_alive = 0s"
for number in 1 2; do check up-c$number ike_client c$number cl$number "keep_alive = 0s"; done
check ping ping_all c1 $IKE_SERVER 3
sleep "$IDLE"
for number in 1 2; do check late-c$number ping_all srv "$(ike_inner c$number cl$number)" 3; done
PASSED="$PASSED; after $IDLE idle seconds"
verdict
