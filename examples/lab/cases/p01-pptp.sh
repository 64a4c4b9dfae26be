#!/bin/bash
# what: PPTP (pptp-linux, pptpd), one client: ping both ways, TCP, control Echo; it leaves, and its call ends at the server
# timeout: 40
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/echo.sh"
. "$LAB/parts/pptp.sh"
watch_pptp
pptp_server srv
pptp_client c1 cl $SRV "" --idle-wait 2
client=$STARTED
check up tunnel_up cl || verdict
check ping ping_all c1 $PPTP_SERVER
check from-server ping_all srv "$(inner cl)" 5
echo_server srv $ECHO $PPTP_SERVER
check tcp ns c1 $TCP echo $PPTP_SERVER $ECHO 300000
check control-echo waitfor 5 grep -q 'ECHORP' "$CASE_DIR/inside.log"
check leaves tunnel_down $client cl
check ends-at-server waitfor 5 grep -q '^ended' "$CASE_DIR/pptpd-srv/ppp"
check hidden hidden
check nothing-foreign nothing_foreign
PASSED="$PASSED; Call ID $(asked_ids inside)inside, $(asked_ids outside)outside"
verdict
