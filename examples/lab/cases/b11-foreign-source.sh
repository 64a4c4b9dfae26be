#!/bin/bash
# what: an inside packet whose source is not of the inside network does not get out (RFC 6888 section 7, RFC 2827), and does
#       no harm to those that are
# timeout: 20
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/echo.sh"
needs_nat
need tcpdump
echo_servers
ns c3 ip addr add 10.9.9.9/32 dev lo
start srv dump tcpdump -i eth0 -n -l -U 'udp port 9999'
logged 5 dump 'listening on'
ns c3 bash -c "echo own >/dev/udp/$SRV/9999"
ns c3 $PYTHON -c "import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(('10.9.9.9', 5)); s.sendto(b'foreign', ('$SRV', 9999))"
check own-came waitfor 3 grep -q ' IP ' "$CASE_DIR/dump.log"
sleep 0.3
ns c3 ip addr del 10.9.9.9/32 dev lo
seen=$(grep -c ' IP ' "$CASE_DIR/dump.log")
check foreign-did-not test "$seen" = 1
check after ns c3 $UDP echo $SRV $ECHO 64 5
verdict
