#!/bin/bash
# what: bulk TCP of three hosts, both directions at once, beside small UDP and ping: no byte wrong, nothing small lost
# timeout: 60
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/echo.sh"
echo_servers
jobs=
for host in $INSIDE_HOSTS; do
  ns $host $TCP echo $SRV $ECHO 20000000 --sport 5600 >"$CASE_DIR/tcp-$host" 2>&1 & jobs="$jobs $!"
done
check udp ns c2 $UDP echo $SRV2 $ECHO 160 100 --pause .01
check ping ns c3 ping -q -c 20 -i .05 -W 2 $FAR
for job in $jobs; do wait $job || FAILED="$FAILED; bulk: $(cat "$CASE_DIR"/tcp-* | tail -1)"; done
PASSED="$PASSED; $(cat "$CASE_DIR"/tcp-* | grep -c echo) bulk echoes whole"
verdict
