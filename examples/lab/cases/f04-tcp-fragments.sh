#!/bin/bash
# what: bulk TCP whose every full segment comes to the NAT as fragments of 600 bytes, from inside and from outside;
#       large datagrams in the same small pieces
# timeout: 30
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/echo.sh"
. "$LAB/parts/fragments.sh"
uncut() { cut_nothing; for host in c1 far; do send_fragmentable $host 0; done; }
trap uncut EXIT
for host in c1 far; do send_fragmentable $host 1; done
echo_servers
cut_outward 600
cut_inward 600
watch_fragments wan "ip proto 6 and src $FAR" p-nat
watch_fragments far "ip proto 6 and dst $FAR"
check tcp ns c1 $TCP echo $FAR $ECHO 1000000
check udp ns c1 $UDP echo $FAR $ECHO 20000 5
check fragments-out saw_fragments far
check fragments-in saw_fragments wan
verdict
