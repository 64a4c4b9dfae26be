#!/bin/bash
# what: PPTP with full-sized frames, two clients with one Call ID: packets of 1400 bytes that may not be cut, larger ones in
#       pieces inside the tunnel; and a tunnel of 1500 bytes, whose full frames are two fragments each outside
# timeout: 40
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/echo.sh"
. "$LAB/parts/fragments.sh"
. "$LAB/parts/pptp.sh"
tunnels() { # NAME
  local host
  pptp_server srv
  for host in c1 c2; do pptp_client $host $1-$host $SRV $EQUAL_ID; done
  for host in c1 c2; do check $1-$host tunnel_up $1-$host; done
  [ -z "$FAILED" ] || verdict
}
whole() { ping_all "$1" "$2" 5 -s $(($3 - 28)) -M do; }

PPP_MTU=1400
tunnels usual
for host in c1 c2; do check whole-$host whole $host $PPTP_SERVER 1400; done
check cut-inside ping_all c1 $PPTP_SERVER 5 -s 4000
check cut-inside-from-server ping_all srv "$(inner usual-c2)" 5 -s 4000
end_processes TERM c1 c2 srv
waitfor 5 sh -c "! ip netns pids ${LAB_PFX}srv | grep ." || fail "pptpd does not end"

PPP_MTU=1500
watch_fragments srv "proto 47 and dst $SRV"
watch_fragments c1 "proto 47 and dst $C1"
tunnels wide
for host in c1 c2; do check fragments-$host whole $host $PPTP_SERVER 1500; done
check fragments-from-server whole srv "$(inner wide-c2)" 1500
echo_server srv $ECHO $PPTP_SERVER
check tcp ns c1 $TCP echo $PPTP_SERVER $ECHO 200000
check fragments-out saw_fragments srv
check fragments-in saw_fragments c1
check nothing-foreign nothing_foreign
verdict
