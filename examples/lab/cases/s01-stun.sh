#!/bin/bash
# what: what coturn's natdiscovery finds by STUN (RFC 5780): endpoint-independent mapping, also of two hosts with one port, no
#       collision of two addresses with one port, and the filtering that is expected (LAB_FILTERING)
# timeout: 40
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/echo.sh"
. "$LAB/parts/stun.sh"
needs_nat
SECOND=192.168.77.21 # of c1
trap "ns c1 ip addr del $SECOND/24 dev eth0" EXIT
ns c1 ip addr add $SECOND/24 dev eth0
stun_server
discover filtering c3 -f & filtering=$!
discover mapping c1 -m -L $C1 -l 5000
check mapping found mapping "Endpoint Independent Mapping"
discover mapping-equal-port c2 -m -L $C2 -l 5000
check mapping-equal-port found mapping-equal-port "Endpoint Independent Mapping"
check endpoints test "$( (reflexive mapping; reflexive mapping-equal-port) | sort -u | wc -l)" = 2
discover collision c1 -c -A $SECOND
check no-collision test "$(reflexive collision | wc -l)" = 2
wait $filtering
check filtering found filtering "$(filtering_words)"
if [ $FILTERING = endpoint-independent ]; then
  discover hairpin c1 -H
  check hairpin grep 'successful hairpinning' "$CASE_DIR/hairpin"
fi
verdict
