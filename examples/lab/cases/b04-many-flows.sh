#!/bin/bash
# what: three hosts hold 200 TCP connections and 200 UDP sockets each, all from the same ports to the same server port;
#       every flow gets its own answers, and the server sees 600 different endpoints of each protocol
# timeout: 60
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/echo.sh"
. "$LAB/parts/gateway.sh"
gateway_forgets_after
echo_server srv $ECHO $SRV
jobs=
for host in $INSIDE_HOSTS; do
  ns $host $FLOWS hold $SRV $ECHO 20000 200 >"$CASE_DIR/flows-$host" 2>&1 & jobs="$jobs $!"
done
for job in $jobs; do wait $job; done
for host in $INSIDE_HOSTS; do
  check $host sh -c "tail -1 '$CASE_DIR/flows-$host' | grep '^1200/1200 '"
done
for kind in tcp udp; do
  seen=$(cat "$CASE_DIR"/flows-* | grep "^$kind " | sort -u | wc -l)
  check $kind-endpoints test $seen = 600
done
kept=$(cat "$CASE_DIR"/flows-* | grep -Eo ':20[0-9]{3}$' | wc -l)
PASSED="$PASSED; $kept of 1200 kept their port"
verdict
