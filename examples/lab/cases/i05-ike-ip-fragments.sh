#!/bin/bash
# what: IKEv2 with certificates of 4000 bytes and without IKE fragmentation: its messages come as IP fragments both ways, of two
#       clients at once
# timeout: 60
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/ikev2.sh"
. "$LAB/parts/fragments.sh"
need openssl
[ "$MODE" != none ] || skip "without a NAT there is no NAT-T"
IKE_AUTH=pubkey
IKE_SETTINGS="send_cert = always
fragmentation = no"
ike_certificates server cl1 cl2
ike_server
watch_fragments srv "dst $SRV"
watch_fragments c1 "dst $C1"
ike_client c2 cl2 >"$CASE_DIR/up-c2" 2>&1 & second=$!
check up-c1 ike_client c1 cl1
wait $second
check up-c2 grep '^up' "$CASE_DIR/up-c2"
for number in 1 2; do check ping-c$number ping_all c$number $IKE_SERVER 5; done
check fragments-out saw_fragments srv
check fragments-in saw_fragments c1
verdict
