#!/bin/bash
# what: fragments in order, reversed, shuffled, the last one first, each one twice, late, and of 8 bytes each; of datagrams out
#       and in, and of pings. Each datagram is the first of its flow: before its ports are known, there may be all others
# timeout: 30
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/echo.sh"
. "$LAB/parts/fragments.sh"
echo_servers
for order in in-order reversed shuffled last-first doubled; do
  check out-$order ns c1 $FRAGMENTS echo $SRV $ECHO $order 20000 3
  check ping-$order ns c2 $FRAGMENTS ping $SRV $order 6000
  start srv answer-$order $FRAGMENTS answer $SRV 7100 $order
  answerer=$STARTED
  logged 5 answer-$order serving
  check in-$order ns c3 $UDP echo $SRV 7100 20000 3
  kill $answerer
done
check small ns c1 $FRAGMENTS echo $SRV $ECHO shuffled 200 3 --step 8
check late ns c2 $FRAGMENTS echo $SRV $ECHO reversed 4000 1 --pause .7
check zero-checksum ns c3 $FRAGMENTS echo $SRV $ECHO shuffled 4000 2 --zero-checksum
verdict
