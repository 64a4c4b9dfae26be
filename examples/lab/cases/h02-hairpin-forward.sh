#!/bin/bash
# what: inside hosts reach a server inside by its forward: TCP and UDP, with equal ports, in fragments, the server itself, its
#       closed port and its ICMP error; it sees them as it sees outside hosts
# timeout: 30
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/echo.sh"
. "$LAB/parts/errors.sh"
needs_nat
whole_checksums c2 c3
check error-udp ns c3 $ERRORS out $PUBLIC_ADDR 5300 3 3 $PUBLIC_ADDR
check closed-tcp ns c3 $TCP closed $PUBLIC_ADDR 8081
echo_server c1 80 $C1
echo_server c2 53 $C2
jobs=
for host in c1 c2 c3 deep; do
  ns $host $UDP echo $PUBLIC_ADDR 5300 200 50 --sport 6610 >"$CASE_DIR/udp-$host" 2>&1 & jobs="$jobs $!"
done
for job in $jobs; do wait $job || FAILED="; not every datagram came back"; done
jobs=
for host in c1 c2 c3 deep; do
  ns $host $TCP echo $PUBLIC_ADDR 8080 2097152 --sport 6610 >"$CASE_DIR/tcp-$host" 2>&1 & jobs="$jobs $!"
done
for job in $jobs; do wait $job || FAILED="; a stream broke"; done
for kind in tcp udp; do
  for host in c1 c2 c3 deep; do check $kind-$host grep "seen as $PUBLIC_ADDR:" "$CASE_DIR/$kind-$host"; done
  check $kind-endpoints test "$(cat "$CASE_DIR/$kind"-* | grep -o 'seen as .*' | sort -u | wc -l)" = 4
done
check fragments ns c3 $UDP echo $PUBLIC_ADDR 8080 4000 10
check fragments-large ns c1 $UDP echo $PUBLIC_ADDR 5300 20000 5
check outside-too ns srv $TCP echo $PUBLIC_ADDR 8080 100000
verdict
