#!/bin/bash
# what: OpenVPN over TCP, two hosts with local port 1194: ping, bulk TCP both ways, renegotiated keys
# timeout: 60
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/openvpn.sh"
. "$LAB/parts/iperf.sh"
vpn_case tcp
verdict
