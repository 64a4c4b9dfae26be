#!/bin/bash
# what: the gateway ends on TERM and on INT with status 0 while traffic runs, attaches to the same devices again, and hosts go
#       on: a UDP flow by itself, new connections at once
# timeout: 60
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/echo.sh"
. "$LAB/parts/gateway.sh"
has_gateway || skip "needs a gateway program"
echo_servers
ns c1 ping -q -c 100 -i .05 -W 1 $SRV >"$CASE_DIR/ping" 2>&1 &
pinger=$!
for signal in TERM INT; do
  check before-$signal ns c2 $TCP echo $SRV $ECHO 100000 --sport 6400
  check ends-on-$signal gateway_stop $signal
  check status-after-$signal test "$(gateway_status)" = 0
  check starts-again gateway_start
  check tcp-after-$signal ns c2 $TCP echo $SRV $ECHO 100000 --sport 6401
  check udp-after-$signal ns c3 $UDP echo $SRV $ECHO 64 10 --sport 6402
done
wait $pinger
PASSED="$PASSED; ping across both restarts: $(grep -o '[0-9]* received' "$CASE_DIR/ping")"
check ping-goes-on ns c1 ping -q -c 3 -i .1 -W 1 $SRV
verdict
