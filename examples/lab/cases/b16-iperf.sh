#!/bin/bash
# what: iperf3: TCP up, TCP down and UDP of three hosts at once, then eight TCP streams beside one that goes both ways
# timeout: 40
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/iperf.sh"
measure up c1 5201
measure down c2 5202 -R
measure udp c3 5203 -u -b 10M -l 1400
measure udp-down c1 5204 -u -b 10M -l 1400 -R
wait $MEASURING
measure streams c1 5205 -P 8
measure both-ways c2 5206 --bidir
wait $MEASURING
for name in up down udp udp-down streams both-ways; do check $name measured $name; done
verdict
