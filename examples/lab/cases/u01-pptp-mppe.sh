#!/bin/bash
# what: PPTP as people run it (pppd, MS-CHAPv2, MPPE, on User-Mode Linux): one client, ping, full frames, TCP; it hangs up and
#       dials again with the same Call ID
# timeout: 120
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/uml.sh"
. "$LAB/parts/mppe.sh"
for host in srv c1; do uml_start $host $UML_PPP; done
uml_up srv c1
mppe_server srv
check up mppe_client c1 $EQUAL_ID $SRV || verdict
check ping mppe_ping c1 $MPPE_SERVER
check whole mppe_ping c1 $MPPE_SERVER -s 1368 -M do
uml_do srv "setsid $PYTHON $TOOLS/echo_server.py 7000 $MPPE_SERVER >/run/out/echo.log 2>&1 &"
check tcp uml_do c1 "i=0; while [ \$i -lt 50 ] && ! grep -q . '$CASE_DIR/uml-srv/echo.log'; do sleep .1; i=\$((i + 1)); done
  $PYTHON $TOOLS/tcp.py echo $MPPE_SERVER 7000 500000"
check leaves mppe_leave c1
check again mppe_client c1 $EQUAL_ID $SRV && check ping-again mppe_ping c1 $MPPE_SERVER
verdict
