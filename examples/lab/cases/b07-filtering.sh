#!/bin/bash
# what: address-dependent filtering (RFC 4787 REQ-8): into a mapping comes what its inside host has sent to, from any port,
#       and nothing from elsewhere; unsolicited connections get no answer at all (RFC 5382 REQ-4)
# timeout: 40
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/echo.sh"
needs_nat
echo_servers
check same-port ns c1 $UDP asked $SRV $ECHO 6100 $SRV 7000 passes
check other-port ns c1 $UDP asked $SRV $ECHO 6101 $SRV 7001 passes
check other-address ns c1 $UDP asked $SRV $ECHO 6102 $SRV_B 7000 refused

# srv2 knocks at a mapping that c2 opened towards srv: nothing comes, until c2 has sent something to srv2 (hole punching)
ns c2 $UDP listen $SRV $ECHO 6103 4 --then $SRV2 >"$CASE_DIR/listen" 2>&1 &
listener=$!
waitfor 3 grep -q : "$CASE_DIR/listen" || fail "no mapping: $(cat "$CASE_DIR/listen")"
outside=$(head -1 "$CASE_DIR/listen")
ns srv2 $UDP send ${outside%:*} ${outside#*:} too-early --sport 9000 >/dev/null
waitfor 6 grep -q 'may come from' "$CASE_DIR/listen" || FAILED="; c2 got no answer from srv2"
ns srv2 $UDP send ${outside%:*} ${outside#*:} welcome --sport 9000 >/dev/null
wait $listener
check early-refused sh -c "! grep too-early '$CASE_DIR/listen'"
check welcome-passed grep "welcome from $SRV2:9000" "$CASE_DIR/listen"
check connection-to-nothing ns srv $TCP silent $PUBLIC_ADDR 604 3
check connection-to-udp-mapping ns srv2 $TCP silent $PUBLIC_ADDR 6103 3
verdict
