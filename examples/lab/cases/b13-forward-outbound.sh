#!/bin/bash
# what: a static forward is a mapping like any other: what the inside server sends from its forwarded port leaves from the
#       forward's endpoint, whatever the destination, and no other host gets that port
# timeout: 30
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/echo.sh"
needs_nat
echo_servers
check udp-of-the-server ns c1 $UDP mapping $ECHO 80 $SRV $SRV2 $FAR
check udp-from-the-forward grep -q "udp-of-the-server: $PUBLIC_ADDR:8080" <<<"$PASSED"
check tcp-of-the-server ns c1 $TCP mapping $ECHO 80 $SRV $SRV2 $FAR
check tcp-from-the-forward grep -q "tcp-of-the-server: $PUBLIC_ADDR:8080" <<<"$PASSED"
check udp-of-another ns c3 $UDP mapping $ECHO 8080 $SRV $SRV2
check not-the-forward sh -c "! grep -q 'udp-of-another: $PUBLIC_ADDR:8080;'" <<<"$PASSED;"
verdict
