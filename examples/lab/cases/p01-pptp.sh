#!/bin/bash
# what: PPTP (pptp-linux, pptpd), one client
# timeout: 40
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/pptp.sh"
pptp_server srv
pptp_client c1 cl $SRV
check up tunnel_up cl
check ping ping_all c1 $PPTP_SERVER
check back ping_all srv "$(inner cl)" 5
check foreign nothing_foreign
verdict
