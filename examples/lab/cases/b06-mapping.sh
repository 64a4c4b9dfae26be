#!/bin/bash
# what: endpoint-independent mapping (RFC 4787 REQ-1, RFC 5382 REQ-1): one inside port has one outside endpoint towards all
#       servers, with its own port kept where it is free and with another one where it is taken; UDP and TCP
# timeout: 30
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/echo.sh"
needs_nat
echo_servers
ALL="$SRV $SRV_B $SRV2 $FAR"
check udp-first ns c1 $UDP mapping $ECHO 6001 $ALL
check udp-kept grep -q "$PUBLIC_ADDR:6001" <<<"$PASSED"
check udp-second ns c2 $UDP mapping $ECHO 6001 $ALL
check udp-third ns c3 $UDP mapping $ECHO 6001 $ALL
check tcp-first ns c1 $TCP mapping $ECHO 6001 $ALL
check tcp-second ns c2 $TCP mapping $ECHO 6001 $ALL
check udp-low-port ns c1 $UDP mapping $ECHO 500 $SRV $SRV2
check udp-low-port-second ns c2 $UDP mapping $ECHO 500 $SRV $SRV2
udp=$(sort -u <(grep -h '^udp ' "$CASE_DIR"/echo-*.log) | wc -l)
check endpoints-in-all test $udp = 5
verdict
