#!/bin/bash
# what: a TCP connection attempt from outside that nothing waits for gets no answer for 6 seconds and then an ICMP error (RFC
#       5382 REQ-4): to a port without a mapping, and to a mapping that has not asked for this server
# timeout: 40
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/echo.sh"
needs_nat
[ "$MODE" != linux ] || skip "Linux drops them, or resets them at once"
echo_servers
ns c1 $TCP steady $SRV $ECHO 8 --sport 6760 >"$CASE_DIR/mapping.log" 2>&1 &
logged 5 mapping :
ns srv $TCP refused-late $PUBLIC_ADDR 604 6 >"$CASE_DIR/free" 2>&1 & jobs=$!
outside=$(head -1 "$CASE_DIR/mapping.log")
ns srv2 $TCP refused-late ${outside%:*} ${outside#*:} 6 >"$CASE_DIR/mapped" 2>&1 & jobs="$jobs $!"
for job in $jobs; do wait $job; echo $? >>"$CASE_DIR/statuses"; done
for name in free mapped; do check $name grep '^refused after' "$CASE_DIR/$name"; done
check both-late test "$(cat "$CASE_DIR/statuses" | tr -d '\n')" = 00
verdict
