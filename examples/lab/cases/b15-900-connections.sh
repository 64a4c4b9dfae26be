#!/bin/bash
# what: 900 TCP connections of one host to one server, asked for at once and open at once; each carries its own data. Then 900
#       of three hosts
# timeout: 40
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/echo.sh"
. "$LAB/parts/gateway.sh"
gateway_forgets_after
ulimit -n 4096
echo_server srv $ECHO $SRV
check one-host ns c1 $FLOWS streams $SRV $ECHO 900
jobs=
for host in $INSIDE_HOSTS; do
  ns $host $FLOWS streams $SRV $ECHO 300 >"$CASE_DIR/streams-$host" 2>&1 & jobs="$jobs $!"
done
for job in $jobs; do wait $job || FAILED="; $(cat "$CASE_DIR"/streams-* | tail -1)"; done
for host in $INSIDE_HOSTS; do check $host grep 300/300 "$CASE_DIR/streams-$host"; done
verdict
