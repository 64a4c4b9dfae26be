#!/bin/bash
# what: OpenVPN over UDP, two hosts with local port 1194: ping, bulk TCP both ways, renegotiated keys
# timeout: 60
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/openvpn.sh"
. "$LAB/parts/iperf.sh"
vpn_case udp
verdict
