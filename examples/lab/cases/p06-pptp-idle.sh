#!/bin/bash
# what: PPTP, a call without a packet for LAB_IDLE seconds (20) while the control connection shows Echo every 3 seconds: then the
#       server speaks first. A call's own timer may be 300 s: LAB_IDLE=330 takes its time
# timeout: 600
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/pptp.sh"
IDLE=${LAB_IDLE:-20}
watch_pptp
pptp_server srv
for host in c1 c2; do pptp_client $host $host $SRV $EQUAL_ID --idle-wait 3; done
for host in c1 c2; do check up-$host tunnel_up $host; done
[ -z "$FAILED" ] || verdict
for host in c1 c2; do check ping-$host ping_all $host $PPTP_SERVER 3; done
sleep 1 # the last acknowledgements
gre_packets() { grep -c GREv1 "$CASE_DIR/outside.log"; }
echoes() { grep -c ECHORP "$CASE_DIR/outside.log"; }
before=$(gre_packets) echoed=$(echoes)
sleep "$IDLE"
check idle test "$(gre_packets)" = "$before"
check control-echo test "$(($(echoes) - echoed))" -ge $((IDLE / 5 * 2))
for host in c1 c2; do check late-from-server-$host ping_all srv "$(inner $host)" 3; done
for host in c1 c2; do check late-$host ping_all $host $PPTP_SERVER 3; done
check nothing-foreign nothing_foreign
PASSED="$PASSED; after $IDLE idle seconds with $(($(echoes) - echoed)) control echoes"
verdict
