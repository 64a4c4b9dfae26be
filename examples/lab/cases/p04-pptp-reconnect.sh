#!/bin/bash
# what: PPTP, a client leaves and comes again with its Call ID, politely and by falling over, while another with the same Call ID
#       stays up and loses nothing
# timeout: 40
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/pptp.sh"
watch_pptp
pptp_server srv
pptp_client c2 stays $SRV $EQUAL_ID
check up-stays tunnel_up stays
pptp_client c1 first $SRV $EQUAL_ID
client=$STARTED
check up tunnel_up first
[ -z "$FAILED" ] || verdict
pings other c2 $PPTP_SERVER
check ping ping_all c1 $PPTP_SERVER 5
check leaves tunnel_down $client first
pptp_client c1 second $SRV $EQUAL_ID
check again tunnel_up second && check ping-again ping_all c1 $PPTP_SERVER 5
end_processes KILL c1
pptp_client c1 third $SRV $EQUAL_ID
check after-kill tunnel_up third && check ping-after-kill ping_all c1 $PPTP_SERVER 5
check from-server ping_all srv "$(inner third)" 5
check other-undisturbed pings_end other
check nothing-foreign nothing_foreign
PASSED="$PASSED; Call IDs outside: $(asked_ids outside)"
verdict
