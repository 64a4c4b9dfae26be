# OpenVPN: a server on `srv` and clients on inside hosts, certificates made for the moment. Source after lib.sh.
need openvpn openssl
VPN_PORT=1194
VPN_SERVER=10.66.0.1 # inside the tunnel

# vpn_certificates: one pair for the server, one that all clients share; known to each other by fingerprint
vpn_certificates() {
  local who
  for who in server client; do
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "/CN=$who" \
      -keyout "$CASE_DIR/$who.key" -out "$CASE_DIR/$who.crt" 2>/dev/null || fail "openssl made no certificate"
  done
}
vpn_fingerprint() { openssl x509 -in "$CASE_DIR/$1.crt" -noout -fingerprint -sha256 | cut -d= -f2; }

# vpn_server udp|tcp [OPTION...]. The tunnel's MTU keeps the outer packets below 1500 bytes.
vpn_server() {
  local transport=$1
  [ "$transport" = tcp ] && transport=tcp-server
  shift
  start srv vpn-srv openvpn --dev tun0 --proto $transport --local $SRV --port $VPN_PORT \
    --server 10.66.0.0 255.255.255.0 --topology subnet --duplicate-cn --tun-mtu 1400 \
    --cert "$CASE_DIR/server.crt" --key "$CASE_DIR/server.key" --dh none \
    --peer-fingerprint "$(vpn_fingerprint client)" --keepalive 5 20 --verb 3 "$@"
  logged 10 vpn-srv 'Initialization Sequence Completed'
}

# vpn_client HOST udp|tcp [OPTION...]: every client sends from port 1194
vpn_client() {
  local host=$1 transport=$2
  [ "$transport" = tcp ] && transport=tcp-client
  shift 2
  start "$host" "vpn-$host" openvpn --client --dev tun0 --proto $transport --remote $SRV $VPN_PORT \
    --bind --lport $VPN_PORT --tun-mtu 1400 --cert "$CASE_DIR/client.crt" --key "$CASE_DIR/client.key" \
    --peer-fingerprint "$(vpn_fingerprint server)" --verb 3 "$@"
  VPN_CLIENT=$STARTED
  logged 15 "vpn-$host" 'Initialization Sequence Completed'
}

# The endpoints from which the server got connections, one a line
vpn_endpoints() {
  grep -o 'Peer Connection Initiated with .*' "$CASE_DIR/vpn-srv.log" | sed 's/.*\]//' | sort -u
}

# vpn_case udp|tcp: what both OpenVPN cases check
vpn_case() {
  local host
  vpn_certificates
  vpn_server "$1" --reneg-sec 9
  for host in c1 c2; do vpn_client $host "$1"; done
  for host in c1 c2; do check ping-$host ping_all $host $VPN_SERVER; done
  check bulk-c1 bulk c1 $VPN_SERVER
  check endpoints test "$(vpn_endpoints | wc -l)" = 2
  # two TLS handshakes of each client and no new connection: the keys were renegotiated where they were
  check renegotiated waitfor 15 sh -c "[ \$(grep -c 'Control Channel: TLS' '$CASE_DIR/vpn-srv.log') -ge 4 ]"
  for host in c1 c2; do check after-$host ping_all $host $VPN_SERVER 5; done
  check no-reconnection test "$(grep -c 'Peer Connection Initiated' "$CASE_DIR/vpn-srv.log")" = 2
  PASSED="$PASSED; server sees $(vpn_endpoints | tr '\n' ' ')"
}
