#!/bin/bash
# what: PPTP, two clients each with a call to each of two servers, all four with one Call ID
# timeout: 40
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/pptp.sh"
watch_pptp
pptp_server srv
pptp_server srv2 10.9.1
pptp_client c1 c1-first $SRV $EQUAL_ID
pptp_client c1 c1-second $SRV2 $EQUAL_ID
check one-client-first tunnel_up c1-first
check one-client-second tunnel_up c1-second
[ -z "$FAILED" ] || verdict
pings alone-first c1 $PPTP_SERVER
pings alone-second c1 $PPTP_SERVER_B
pptp_client c2 c2-first $SRV $EQUAL_ID
pptp_client c2 c2-second $SRV2 $EQUAL_ID
for name in c2-first c2-second; do check $name tunnel_up $name; done
[ -z "$FAILED" ] || verdict
pings c2-out-first c2 $PPTP_SERVER
pings c2-out-second c2 $PPTP_SERVER_B
for server in srv-first srv2-second; do for host in c1 c2; do
  pings from-$server-$host ${server%-*} "$(inner $host-${server#*-})"
done; done
sleep 1.5
for name in "${!PINGING[@]}"; do check $name pings_end $name; done
check hidden hidden
check nothing-foreign nothing_foreign
PASSED="$PASSED; Call IDs outside: $(asked_ids outside)"
verdict
