#!/bin/bash
# what: fragments that overlap, miss one or are too long do not get through and harm no other; while one host sends 20,000 that
#       never become whole, neither another's datagrams nor another's fragments suffer (RFC 4787 REQ-14a)
# timeout: 30
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/echo.sh"
. "$LAB/parts/fragments.sh"
. "$LAB/parts/gateway.sh"
gateway_forgets_after # until their time is over, the host that sent them has used up its own share
echo_servers
check refused ns c1 $FRAGMENTS refused $SRV $ECHO
ns c3 $FRAGMENTS lone $SRV2 $ECHO 20000 >"$CASE_DIR/lone" 2>&1 &
flood=$!
check datagrams ns c1 $UDP echo $SRV $ECHO 200 100 --pause .005
check fragments ns c2 $UDP echo $SRV $ECHO 4000 10
wait $flood || FAILED="$FAILED; flood: $(tail -1 "$CASE_DIR/lone")"
check fragments-after ns c2 $UDP echo $SRV $ECHO 4000 10
check reversed-after ns c1 $FRAGMENTS echo $SRV $ECHO reversed 4000 3
verdict
