#!/bin/bash
# what: three hosts use one source port and one ICMP id towards one server at the same time; the server must see three of each
# timeout: 30
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/echo.sh"
echo_servers
jobs=
for host in $INSIDE_HOSTS; do
  ns $host $TCP echo $SRV $ECHO 2000000 --sport 5555 >"$CASE_DIR/tcp-$host" 2>&1 & jobs="$jobs $!"
  ns $host $UDP echo $SRV $ECHO 200 200 --sport 5555 --pause .002 >"$CASE_DIR/udp-$host" 2>&1 & jobs="$jobs $!"
  ns $host ping -q -e 4242 -c 20 -i .05 -W 1 $SRV >"$CASE_DIR/icmp-$host" 2>&1 & jobs="$jobs $!"
done
for job in $jobs; do wait $job || FAILED="; not every answer came"; done
for kind in tcp udp icmp; do
  for host in $INSIDE_HOSTS; do
    PASSED="$PASSED; $kind $host: $(grep -aE 'echo|loss|rror|answer' "$CASE_DIR/$kind-$host" | tail -1 | sed 's/.*seen as /seen as /; s/.*received, //')"
  done
  [ $kind = icmp ] && continue
  seen=$(cat "$CASE_DIR"/$kind-* | grep -o 'seen as.*' | sort -u | wc -l)
  [ $seen = 3 ] || FAILED="$FAILED; $kind: $seen outside endpoints for three hosts"
done
[ -z "$FAILED" ] || fail "${FAILED#; }$PASSED"
verdict
