#!/bin/bash
# what: PPTP, three clients at once with equal Call IDs to one server: every packet to its own, both ways; when one leaves the
#       others stay
# timeout: 40
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/echo.sh"
. "$LAB/parts/pptp.sh"
watch_pptp
pptp_server srv
for host in $INSIDE_HOSTS; do pptp_client $host $host $SRV $EQUAL_ID; done
client=$STARTED # of c3
for host in $INSIDE_HOSTS; do check up-$host tunnel_up $host; done
[ -z "$FAILED" ] || verdict
for host in $INSIDE_HOSTS; do
  pings out-$host $host $PPTP_SERVER
  pings in-$host srv "$(inner $host)"
done
sleep 2
for host in $INSIDE_HOSTS; do for way in out in; do check $way-$host pings_end $way-$host; done; done
check leaves tunnel_down $client c3
for host in c1 c2; do check stays-$host ping_all $host $PPTP_SERVER 5; done
check equal-inside test "$(asked_ids inside)" = "$EQUAL_ID $EQUAL_ID $EQUAL_ID "
[ "$MODE" = none ] || check distinct-outside distinct $(asked_ids outside)
check hidden hidden
check nothing-foreign nothing_foreign
PASSED="$PASSED; Call IDs outside: $(asked_ids outside)"
verdict
