#!/bin/bash
# what: bulk TCP of three hosts, both directions at once, beside small UDP and ping: no byte wrong, and of the small packets
#       few lost (a starved machine drops some where the bulk fills a queue, so not none)
# timeout: 60
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/echo.sh"
echo_servers
jobs=
for host in $INSIDE_HOSTS; do
  ns $host $TCP echo $SRV $ECHO 20000000 --sport 5600 >"$CASE_DIR/tcp-$host" 2>&1 & jobs="$jobs $!"
done
check udp ns c2 $UDP echo $SRV2 $ECHO 160 100 --pause .01 --lost 5
check ping sh -c "ip netns exec ${LAB_PFX}c3 ping -q -c 50 -i .05 -W 2 $FAR | grep -E ' ([0-9]|10)(\.[0-9]*)?% packet loss'"
for job in $jobs; do wait $job || FAILED="$FAILED; bulk: $(cat "$CASE_DIR"/tcp-* | tail -1)"; done
PASSED="$PASSED; $(cat "$CASE_DIR"/tcp-* | grep -c echo) bulk echoes whole"
verdict
