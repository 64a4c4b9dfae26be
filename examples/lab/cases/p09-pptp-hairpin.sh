#!/bin/bash
# what: PPTP, two clients inside dial a server inside at the public address, one outside does so too, all with one Call ID; the
#       server sees the inside ones as it sees outside hosts
# timeout: 40
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/echo.sh"
. "$LAB/parts/pptp.sh"
needs_nat
watch_pptp
pptp_server c3
for host in c1 c2 srv; do pptp_client $host $host $PUBLIC_ADDR $EQUAL_ID; done
for host in c1 c2 srv; do check up-$host tunnel_up $host; done
[ -z "$FAILED" ] || verdict
for host in c1 c2 srv; do
  pings out-$host $host $PPTP_SERVER
  pings in-$host c3 "$(inner $host)"
done
sleep 1.5
for host in c1 c2 srv; do for way in out in; do check $way-$host pings_end $way-$host; done; done
peers() { ns c3 ss -Htn state established sport = :1723 | awk '{ print $4 }' | sed 's/:.*//' | sort | uniq -c | xargs; }
check peers test "$(peers)" = "2 $PUBLIC_ADDR 1 $SRV"
check hidden hidden
check nothing-foreign nothing_foreign
PASSED="$PASSED; server sees $(peers)"
verdict
