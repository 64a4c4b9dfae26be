#!/bin/bash
# what: UDP without a checksum stays so, in both directions (RFC 768; a NAT must not compute one)
# timeout: 20
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/echo.sh"
need tcpdump
echo_server srv --zero-checksum $ECHO $SRV
for host in c1 srv; do
  start $host dump-$host tcpdump -i eth0 -n -l -U 'udp port 7000 and udp[6:2] != 0'
  logged 5 dump-$host 'listening on'
done
check echo ns c1 $UDP echo $SRV $ECHO 101 20 --zero-checksum
sleep 0.3
for host in c1 srv; do
  with=$(grep -c ' IP ' "$CASE_DIR/dump-$host.log")
  [ "$with" = 0 ] || FAILED="$FAILED; $with datagrams with a checksum at $host"
done
verdict
