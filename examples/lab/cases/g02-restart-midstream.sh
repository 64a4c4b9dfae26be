#!/bin/bash
# what: TCP connections that are open while the gateway ends and comes back go on, picked up in the middle by what their hosts
#       send: one in use, one that was idle
# timeout: 60
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/echo.sh"
. "$LAB/parts/gateway.sh"
has_gateway || skip "needs a gateway program"
echo_servers
ns c1 $TCP steady $SRV $ECHO 5 --sport 6410 >"$CASE_DIR/used.log" 2>&1 & used=$!
ns c2 $TCP resumed $SRV $ECHO 6411 5 >"$CASE_DIR/idle.log" 2>&1 & idle=$!
for name in used idle; do logged 5 $name :; done
check stops gateway_stop
check starts-again gateway_start
wait $used
check used judged $? used
wait $idle
check idle judged $? idle
verdict
