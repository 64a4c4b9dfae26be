#!/bin/bash
# what: both ends connect to each other's fixed port at the same time (RFC 5382 REQ-2a), the outside first: its SYN must be
#       kept out without an answer, then the inside's opens the way for its repetition
# timeout: 40
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/echo.sh"
needs_nat
ns srv $TCP simultaneous $PUBLIC_ADDR 6300 --sport 6301 --tries 3 >"$CASE_DIR/outside" 2>&1 &
outside=$!
sleep 0.3
check inside ns c1 $TCP simultaneous $SRV 6301 --sport 6300 --tries 3
wait $outside || FAILED="$FAILED; outside: $(tail -1 "$CASE_DIR/outside")"
verdict
