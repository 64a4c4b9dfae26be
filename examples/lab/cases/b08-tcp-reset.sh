#!/bin/bash
# what: RST in both directions: a closed port refuses at once, a server's and a client's abort reach the other side, and a
#       source port can be used again right after
# timeout: 30
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/echo.sh"
echo_servers
check closed ns c1 $TCP closed $SRV 7999
check closed-again ns c1 $TCP closed $SRV 7999 --sport 6200
check closed-other-host ns c2 $TCP closed $SRV 7999 --sport 6200
start srv aborter $TCP aborted $SRV 7100
logged 5 aborter serving
check server-aborts ns c1 $TCP reset $SRV 7100
check client-aborts ns c2 $TCP abort $SRV2 $ECHO 6201 20
check server-saw waitfor 3 sh -c "[ \$(grep -c reset '$CASE_DIR/echo-srv2.log') = 20 ]"
check after-rst ns c2 $TCP echo $SRV2 $ECHO 10000 --sport 6201
verdict
