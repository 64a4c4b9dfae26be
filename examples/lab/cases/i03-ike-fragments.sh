#!/bin/bash
# what: IKEv2 with certificates of 4000 bytes, its messages as IKE fragments (RFC 7383) and none as IP fragments
# timeout: 60
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/ikev2.sh"
. "$LAB/parts/fragments.sh"
need openssl
[ "$MODE" != none ] || skip "without a NAT there is no NAT-T"
IKE_AUTH=pubkey
IKE_SETTINGS="send_cert = always
fragmentation = yes"
ike_certificates server cl1
ike_server
watch_fragments c1 "dst $C1"
check up ike_client c1 cl1
check ping ping_all c1 $IKE_SERVER 5
check out grep -o 'splitting IKE message ([0-9]* bytes) into [0-9]* fragments' "$CASE_DIR/cl1/charon.log"
check in grep -o 'splitting IKE message ([0-9]* bytes) into [0-9]* fragments' "$CASE_DIR/server/charon.log"
check no-ip-fragments sh -c "! grep ' IP ' '$CASE_DIR/fragments-c1.log'"
verdict
