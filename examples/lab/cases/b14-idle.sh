#!/bin/bash
# what: idle flows stay open: after LAB_IDLE seconds (15) without a packet a server's datagram still comes in, and a TCP
#       connection still carries data, from the server first. UDP lives 300 s, TCP 7440 s: LAB_IDLE=290 takes its time
# timeout: 600
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/echo.sh"
echo_servers
IDLE=${LAB_IDLE:-15}
ns c1 $UDP asked $SRV $ECHO 6500 $SRV $ECHO passes --late $IDLE >"$CASE_DIR/udp" 2>&1 & udp=$!
ns c2 $TCP late $SRV $ECHO 6500 $IDLE >"$CASE_DIR/tcp" 2>&1 & tcp=$!
wait $udp || FAILED="; udp: $(tail -1 "$CASE_DIR/udp")"
wait $tcp || FAILED="$FAILED; tcp: $(tail -1 "$CASE_DIR/tcp")"
PASSED="; $(cat "$CASE_DIR/udp"); $(cat "$CASE_DIR/tcp")"
verdict
