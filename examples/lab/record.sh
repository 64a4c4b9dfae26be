#!/bin/bash
# Records the captures that `culvert demo` replays, from real programs on the inside of the lab's NAT; and PPTP for tests, as
# both sides of the kernel's NAT see it.
# usage: record.sh [CAPTURE...]      default: all of them; they replace the ones in the gateway's resources,
# or go to the directory RECORD_TO
# Needs root and the packages of apt-packages.txt. Keys and certificates live in the scratch and die with it.
. "$(dirname "$0")/lib.sh"
TARGET=${RECORD_TO:-$LAB/../gateway/src/main/resources/io/github/culvert/gateway/demo}
PAIRS=${RECORD_TO:-$LAB/../gateway/src/test/resources/io/github/culvert/gateway/replay/pptp}
ALL="equal-ports fragments path-mtu hairpin wireguard openvpn-udp openvpn-tcp ikev2-natt pptp-equal-ids"
ALL="$ALL one-client three-clients server-inside mppe"
RECORDER=
CLOCK=micro # resolution of the capture's time stamps: one or the other, so that both are had

# One packet a packet, with the checksum it has on the wire: no offload at any host.
without_offload() {
  local host
  for host in $INSIDE_HOSTS $OUTSIDE_HOSTS; do ns $host ethtool -K eth0 rx off tx off tso off gso off gro off >/dev/null 2>&1; done
  for host in br0 in1 in2 in3 wan; do ns nat ethtool -K $host tx off tso off gso off gro off >/dev/null 2>&1; done
}

# record_from INTERFACE...: what the named interfaces of the NAT see, each into a file of its own
record_from() {
  local interface
  RECORDER=
  for interface; do
    start nat record-$interface tcpdump -i $interface -U --immediate-mode -s 0 --time-stamp-precision=$CLOCK \
      -w "$CASE_DIR/$interface.pcap" ip and not net 224.0.0.0/4
    RECORDER="$RECORDER $STARTED"
    logged 5 record-$interface 'listening on'
  done
}

# Keeps what has arrived; the recorder is ended before the programs, so that no late packet meets a closed port.
stop_recording() {
  sleep 0.5
  kill -INT $RECORDER
  wait $RECORDER
}

# serve_page ADDRESS BYTES: a web server with one page of random text on `srv`
serve_page() {
  mkdir -p "$CASE_DIR/www"
  head -c "$2" /dev/urandom | base64 -w 76 >"$CASE_DIR/www/page"
  start srv web "$PYTHON" -m http.server --bind "$1" --directory "$CASE_DIR/www" 80
  waitfor 5 sh -c "ip netns exec ${LAB_PFX}srv ss -lnt | grep -q ':80 '" || fail "web server did not start"
}
fetch_page() { # HOST ADDRESS [CURL-OPTION...]
  local host=$1 address=$2
  shift 2
  ns "$host" curl -sS --max-time 10 -o /dev/null "$@" "http://$address/page" || fail "$host got no page from $address"
}

equal-ports() {
  local host jobs=
  serve_page $SRV 9000
  start srv echo-udp socat UDP4-RECVFROM:7000,bind=$SRV,fork PIPE
  waitfor 5 sh -c "ip netns exec ${LAB_PFX}srv ss -lnu | grep -q ':7000 '" || fail "socat did not start"
  record_from br0
  for host in $INSIDE_HOSTS; do
    fetch_page $host $SRV --local-port 40000 & jobs="$jobs $!"
    seq -f "line %g from $host" 10 | while read -r line; do echo "$line"; sleep .1; done |
      ns $host socat -t 1 - UDP4:$SRV:7000,sourceport=40000 >"$CASE_DIR/echoed-$host" & jobs="$jobs $!"
    ns $host ping -q -e 4242 -c 10 -i .1 -W 1 $SRV >"$CASE_DIR/ping-$host" & jobs="$jobs $!"
  done
  wait $jobs
  for host in $INSIDE_HOSTS; do
    [ "$(grep -c "from $host" "$CASE_DIR/echoed-$host")" = 10 ] || fail "$host: not every datagram was echoed"
    grep -q ' 0% packet loss' "$CASE_DIR/ping-$host" || fail "$host: $(grep loss "$CASE_DIR/ping-$host")"
  done
  stop_recording
  cp "$CASE_DIR/br0.pcap" "$TARGET/equal-ports.pcap"
}

wireguard() {
  . "$LAB/parts/wireguard.sh"
  local host CLOCK=nano
  wg_keys srv c1 c2
  record_from br0
  wg_server c1 c2
  serve_page $WG_SERVER 9000
  for host in c1 c2; do wg_client $host; done
  for host in c1 c2; do ping_all $host $WG_SERVER 8; fetch_page $host $WG_SERVER; done
  ping_all srv 10.77.0.12 5
  sleep 6 # one keepalive of each client
  stop_recording
  cp "$CASE_DIR/br0.pcap" "$TARGET/wireguard.pcap"
}

# Certificates and TLS as they come; a renegotiation of the keys after 6 seconds; the clients leave one after the other.
openvpn_over() {
  . "$LAB/parts/openvpn.sh"
  local host clients=
  vpn_certificates
  record_from br0
  vpn_server "$1" --reneg-sec 6
  serve_page $VPN_SERVER 9000
  for host in c1 c2; do
    if [ "$1" = udp ]; then vpn_client $host udp --explicit-exit-notify; else vpn_client $host tcp; fi
    clients="$clients $VPN_CLIENT"
  done
  for host in c1 c2; do ping_all $host $VPN_SERVER 8; fetch_page $host $VPN_SERVER; done
  sleep 7
  for host in c1 c2; do ping_all $host $VPN_SERVER 4; done
  kill -TERM $clients
  wait $clients
  stop_recording
  cp "$CASE_DIR/br0.pcap" "$TARGET/openvpn-$1.pcap"
}
openvpn-udp() { openvpn_over udp; }
openvpn-tcp() { openvpn_over tcp; }

# Two interfaces of the bridge into one pcapng file: one section, two interface blocks.
ikev2-natt() {
  . "$LAB/parts/ikev2.sh"
  local host CLOCK=nano
  record_from in1 in2
  ike_server
  for host in c1 c2; do ike_client $host client-$host "keep_alive = 2s" || fail "$host: no tunnel"; done
  serve_page $IKE_SERVER 9000
  for host in c1 c2; do ping_all $host $IKE_SERVER 8; fetch_page $host $IKE_SERVER; done
  ike_tool srv server --rekey --child net >/dev/null
  sleep 1
  for host in c1 c2; do ping_all $host $IKE_SERVER 4; done
  ike_tool c1 client-c1 --rekey --ike home >/dev/null
  ike_tool srv server --rekey --ike rw >/dev/null
  sleep 5 # keepalives
  for host in c1 c2; do ping_all $host $IKE_SERVER 4; done
  for host in c1 c2; do ike_tool $host client-$host --terminate --ike home >/dev/null; done
  stop_recording
  mergecap -I none -F pcapng -w "$TARGET/ikev2-natt.pcapng" "$CASE_DIR/in1.pcap" "$CASE_DIR/in2.pcap"
  "$PYTHON" "$TOOLS/pcapng-forget-host.py" "$TARGET/ikev2-natt.pcapng"
}

# Three clients with one Call ID to one server. Behind no NAT, since few kernels of today have one that knows PPTP: what the
# inside sees is the same. They leave one after the other.
pptp-equal-ids() {
  . "$LAB/parts/pptp.sh"
  local host leave=() CLOCK=nano
  record_from br0
  pptp_server srv
  for host in $INSIDE_HOSTS; do
    pptp_client $host $host $SRV $EQUAL_ID --idle-wait 2
    leave+=($STARTED)
  done
  for host in $INSIDE_HOSTS; do tunnel_up $host || fail "$host: no tunnel"; done
  serve_page $PPTP_SERVER 6000
  for host in $INSIDE_HOSTS; do ping_all $host $PPTP_SERVER 6 || fail "$host: no answer"; done
  for host in $INSIDE_HOSTS; do ping_all srv "$(inner $host)" 4 || fail "$host: not reached"; done
  for host in $INSIDE_HOSTS; do fetch_page $host $PPTP_SERVER; done
  sleep 3 # an echo on each control connection
  tunnel_down ${leave[0]} c1
  for host in c2 c3; do ping_all $host $PPTP_SERVER 4 || fail "$host: no answer once another has left"; done
  tunnel_down ${leave[1]} c2
  ping_all c3 $PPTP_SERVER 4 || fail "c3: no answer once the others have left"
  tunnel_down ${leave[2]} c3
  sleep 1
  stop_recording
  cp "$CASE_DIR/br0.pcap" "$TARGET/pptp-equal-ids.pcap"
}

# kept_pair NAME: what br0 and wan saw, as NAME-inside.pcap and NAME-outside.pcap
kept_pair() {
  stop_recording
  cp "$CASE_DIR/br0.pcap" "$PAIRS/$1-inside.pcap"
  cp "$CASE_DIR/wan.pcap" "$PAIRS/$1-outside.pcap"
}

# A call, pings both ways, an echo on the control connection, and the client leaves.
one-client() {
  . "$LAB/parts/pptp.sh"
  record_from br0 wan
  pptp_server srv
  pptp_client c1 c1 $SRV $EQUAL_ID --idle-wait 2
  local client=$STARTED
  tunnel_up c1 || fail "no tunnel"
  ping_all c1 $PPTP_SERVER 4 || fail "no answer"
  ping_all srv "$(inner c1)" 3 || fail "not reached"
  sleep 2
  tunnel_down $client c1
  kept_pair one-client
}

# Three with one Call ID, one of which leaves, falls over as it comes again, and comes once more.
three-clients() {
  . "$LAB/parts/pptp.sh"
  local host
  record_from br0 wan
  pptp_server srv
  for host in c2 c3 c1; do pptp_client $host $host $SRV $EQUAL_ID; done
  local client=$STARTED
  for host in $INSIDE_HOSTS; do tunnel_up $host || fail "$host: no tunnel"; done
  for host in $INSIDE_HOSTS; do ping_all $host $PPTP_SERVER 4 || fail "$host: no answer"; done
  tunnel_down $client c1
  pptp_client c1 second $SRV $EQUAL_ID
  tunnel_up second || fail "no tunnel when c1 comes again"
  end_processes KILL c1
  pptp_client c1 third $SRV $EQUAL_ID
  client=$STARTED
  tunnel_up third || fail "no tunnel when c1 comes once more"
  for host in $INSIDE_HOSTS; do ping_all $host $PPTP_SERVER 3 || fail "$host: no answer"; done
  tunnel_down $client third
  kept_pair three-clients
}

# The server inside behind a forward, two clients outside, of which one leaves.
server-inside() {
  . "$LAB/parts/pptp.sh"
  local host
  record_from br0 wan
  pptp_server c3
  for host in srv2 srv; do pptp_client $host $host $PUBLIC_ADDR $EQUAL_ID --idle-wait 2; done
  local client=$STARTED
  for host in srv srv2; do tunnel_up $host || fail "$host: no tunnel"; done
  for host in srv srv2; do ping_all $host $PPTP_SERVER 4 || fail "$host: no answer"; done
  sleep 2
  tunnel_down $client srv
  ping_all c3 "$(inner srv2)" 3 || fail "srv2: not reached"
  kept_pair server-inside
}

# pppd as people run it: authentication, encryption, the call set up twice.
mppe() {
  . "$LAB/parts/uml.sh"
  . "$LAB/parts/mppe.sh"
  local host
  for host in srv c1; do uml_start $host $UML_PPP; done
  uml_up srv c1
  record_from br0 wan
  mppe_server srv
  for host in 1 2; do
    mppe_client c1 $EQUAL_ID $SRV || fail "no tunnel"
    mppe_ping c1 $MPPE_SERVER -s 200 || fail "no answer"
    mppe_leave c1
  done
  kept_pair mppe
}

# echo_at HOST ADDRESS PORT: answers datagrams and connections with what they bring
echo_at() {
  start "$1" echo-udp socat -b 65535 UDP4-RECVFROM:$3,bind=$2,fork PIPE
  start "$1" echo-tcp socat TCP4-LISTEN:$3,bind=$2,fork,reuseaddr PIPE
  waitfor 5 sh -c "ip netns exec ${LAB_PFX}$1 ss -lnu | grep -q ':$3 '" || fail "socat did not start"
}
# echoed HOST BYTES FROM-PORT TO: what is sent must come back
echoed() {
  head -c "$2" /dev/urandom >"$CASE_DIR/sent-$1"
  ns "$1" socat -b 65535 -t 1 - "$4,sourceport=$3" <"$CASE_DIR/sent-$1" >"$CASE_DIR/echoed-$1"
  cmp "$CASE_DIR/sent-$1" "$CASE_DIR/echoed-$1" || fail "$1: $2 bytes did not come back from $4"
}

# Datagrams and pings of several fragments, all hosts at once, equal ports and ids.
fragments() {
  local host jobs=
  echo_at srv $SRV 7000
  record_from br0
  for host in $INSIDE_HOSTS; do
    echoed $host 4000 40000 UDP4:$SRV:7000 & jobs="$jobs $!"
    ns $host ping -q -e 4242 -s 5000 -c 2 -i .3 -W 1 $SRV >"$CASE_DIR/ping-$host" & jobs="$jobs $!"
  done
  wait $jobs || fail "something did not come back"
  echoed c1 20000 40001 UDP4:$SRV:7000
  for host in $INSIDE_HOSTS; do grep -q ' 0% packet loss' "$CASE_DIR/ping-$host" || fail "$host: a ping was lost"; done
  stop_recording
  cp "$CASE_DIR/br0.pcap" "$TARGET/fragments.pcap"
}

# Large packets that must not be cut, towards a narrower link: its router says so, and the hosts send smaller ones.
path-mtu() {
  local host jobs=
  ns far ip route change default via $FAR_GW mtu $FAR_MTU advmss 1460 # as if its own link were wide
  echo_at far $FAR 7000
  record_from br0
  for host in $INSIDE_HOSTS; do echoed $host 9000 40000 TCP4:$FAR:7000 & jobs="$jobs $!"; done
  wait $jobs || fail "something did not come back"
  ns c1 ping -q -M do -s 1200 -c 2 -i .2 -W 1 $FAR || fail "no answer to a ping that fits"
  stop_recording
  cp "$CASE_DIR/br0.pcap" "$TARGET/path-mtu.pcap"
}

# Inside hosts reach another one at the public address: the kernel needs a rule for each side of the turn.
hairpin() {
  local host
  ns nat sysctl -qw net.bridge.bridge-nf-call-iptables=0 2>/dev/null # or the bridge turns packets round by itself
  ns nat nft -f - <<RULES
table ip turn {
  chain inward { type nat hook prerouting priority dstnat; iifname "br0" ip daddr $PUBLIC_ADDR meta l4proto { tcp, udp } th dport 8080 dnat to $C1:80; }
  chain outward { type nat hook postrouting priority srcnat; iifname "br0" oifname "br0" ip saddr $INSIDE_NET snat to $PUBLIC_ADDR; }
}
RULES
  echo_at c1 $C1 80
  record_from br0
  for host in c2 c3; do
    echoed $host 3000 4${host#c}000 TCP4:$PUBLIC_ADDR:8080
    echoed $host 600 4${host#c}000 UDP4:$PUBLIC_ADDR:8080
  done
  stop_recording
  cp "$CASE_DIR/br0.pcap" "$TARGET/hairpin.pcap"
}

# What a capture must be before it may be kept: small, whole packets, every checksum right; fragments and ICMP errors only
# where they are what it is about.
judge() {
  local file good=0
  for file in $(ls "$TARGET/$1".pcap* "$PAIRS/$1"-{inside,outside}.pcap 2>/dev/null); do judge_file "$1" "$file" || good=1; done
  return $good
}
judge_file() { # CAPTURE FILE
  local file=$2
  local wrong='ip.checksum.status==0 || (tcp.checksum.status==0 && !icmp) || udp.checksum.status==0 || icmp.checksum.status==0'
  local fragment='ip.flags.mf==1 || ip.frag_offset>0' cut='frame.cap_len < frame.len' error='icmp.type in {3,4,5,11,12}'
  local packets bad
  [ "$1" = fragments ] && fragment=_ws.malformed
  [[ $1 == path-mtu || $1 == mppe ]] && error=_ws.malformed
  packets=$(tshark -r "$file" 2>/dev/null | wc -l)
  bad=$(tshark -r "$file" -o ip.check_checksum:TRUE -o tcp.check_checksum:TRUE -o udp.check_checksum:TRUE -o ip.defragment:FALSE \
    -Y "$wrong || $fragment || $cut || $error || _ws.malformed" 2>/dev/null | wc -l)
  echo "$(basename "$file"): $packets packets, $(stat -c %s "$file") bytes, $bad bad"
  [ "$packets" -gt 20 ] && [ "$bad" = 0 ] && [ "$(stat -c %s "$file")" -lt 200000 ]
}

# nat_of CAPTURE: behind what it is recorded
nat_of() { case $1 in pptp-*) echo none ;; *) echo linux ;; esac; }

make_capture() {
  export CASE_DIR=$LAB_TMP/record-$1
  rm -rf "$CASE_DIR"
  mkdir -p "$CASE_DIR"
  "$LAB/up.sh" "$(nat_of "$1")" >"$CASE_DIR/up.log" 2>&1 || fail "the lab is not up: $(tail -1 "$CASE_DIR/up.log")"
  without_offload
  ( "$1" ) >"$CASE_DIR/out" 2>&1 || { echo "$1: $(grep -a REASON "$CASE_DIR/out" | tail -1)"; return 1; }
  "$LAB/down.sh"
  judge "$1"
}

[ "$(id -u)" = 0 ] || { echo "needs root"; exit 2; }
need tcpdump tshark mergecap ethtool curl socat
trap '"$LAB/down.sh"' EXIT
mkdir -p "$TARGET" "$PAIRS"
failures=0
for capture in ${@:-$ALL}; do
  make_capture "$capture" || failures=$((failures + 1))
  rm -rf "$LAB_TMP/record-$capture"/*.key "$LAB_TMP/record-$capture"/psk
done
[ $failures = 0 ]
