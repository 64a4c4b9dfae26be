#!/bin/bash
# what: PPTP, the server inside behind a forward of TCP 1723, two clients outside with one Call ID and one behind a link of 1280
# timeout: 40
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/echo.sh"
. "$LAB/parts/pptp.sh"
needs_nat
watch_pptp
pptp_server c3
for host in srv srv2 far; do pptp_client $host $host $PUBLIC_ADDR $EQUAL_ID; done
for host in srv srv2 far; do check up-$host tunnel_up $host; done
[ -z "$FAILED" ] || verdict
for host in srv srv2 far; do
  pings out-$host $host $PPTP_SERVER
  pings in-$host c3 "$(inner $host)"
done
sleep 1.5
for host in srv srv2 far; do for way in out in; do check $way-$host pings_end $way-$host; done; done
echo_server c3 $ECHO $PPTP_SERVER
check tcp ns srv $TCP echo $PPTP_SERVER $ECHO 300000
check hidden hidden
check nothing-foreign nothing_foreign
verdict
