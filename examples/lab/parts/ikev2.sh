# strongSwan (charon, swanctl) with ESP in user space (kernel-libipsec, always in UDP 4500). Source after lib.sh.
CHARON=/usr/lib/ipsec/charon
need $CHARON swanctl
IKE_PLUGINS="random nonce aes sha1 sha2 hmac kdf gmp curve25519 openssl pem pkcs1 pkcs8 x509 constraints pubkey \
socket-default vici updown resolve kernel-libipsec kernel-netlink"
IKE_SERVER=10.99.0.1 # inside the tunnel; clients get addresses of 10.99.1.0/24

# What all connections are made with, server and clients; a case may set others before it starts them.
IKE_SETTINGS="mobike = no" # lines of a connection
IKE_AUTH=psk               # or pubkey, with certificates of ike_certificates

# ike_secret: one fresh pre-shared key for the case
ike_secret() {
  [ -s "$CASE_DIR/psk" ] || (umask 077; od -An -tx1 -N16 /dev/urandom | tr -d ' \n' >"$CASE_DIR/psk")
  cat "$CASE_DIR/psk"
}

# ike_certificates NAME...: an authority for the moment and a certificate of about 4000 bytes, much of it names, for each
ike_certificates() {
  local name dir=$CASE_DIR/certificates new="openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
  mkdir -p "$dir"
  $new -subj "/CN=lab" -keyout "$dir/ca.key" -out "$dir/ca.crt" 2>/dev/null || fail "openssl made no authority"
  for name; do
    mkdir -p "$CASE_DIR/$name"/{x509,x509ca,private}
    $new -CA "$dir/ca.crt" -CAkey "$dir/ca.key" -subj "/CN=$name" -addext "subjectAltName=DNS:$name$(printf ',DNS:a-long-name-%d.example.net' {100..210})" \
      -keyout "$CASE_DIR/$name/private/own.key" -out "$CASE_DIR/$name/x509/own.crt" 2>/dev/null || fail "openssl made no certificate"
    cp "$dir/ca.crt" "$CASE_DIR/$name/x509ca/"
  done
}
# ike_own NAME: what a connection says of its own side
ike_own() {
  echo "$IKE_SETTINGS"
  echo "local { auth = $IKE_AUTH"
  [ $IKE_AUTH = psk ] || echo "certs = own.crt"
  echo "id = $1 }"
}

# ike_daemon HOST NAME [CHARON-SETTINGS]
ike_daemon() {
  local host=$1 dir=$CASE_DIR/$2
  mkdir -p "$dir"
  cat >"$dir/strongswan.conf" <<X
charon {
  load = $IKE_PLUGINS
  threads = 20
  install_routes = yes
  retransmit_timeout = 1.0
  retransmit_tries = 5
  ${3:-}
  plugins {
    vici { socket = unix://$dir/vici }
    kernel-libipsec { allow_peer_ts = yes }
    resolve {
      resolvconf { path = /bin/true }
      file = $dir/resolv
    }
  }
  filelog { f {
    path = $dir/charon.log
    default = 1
    ike = 2
    append = no
    flush_line = yes
  } }
}
X
  start_own_run "$host" "$2" "mkdir -p /run/strongswan; STRONGSWAN_CONF=$dir/strongswan.conf exec $CHARON"
  waitfor 8 test -S "$dir/vici" || fail "charon on $host did not start: $(tail -1 "$CASE_DIR/$2.log")"
}

# ike_tool HOST NAME WORDS...: swanctl against that daemon
ike_tool() {
  local host=$1 name=$2
  shift 2
  ns "$host" env SWANCTL_DIR="$CASE_DIR/$name" swanctl "$@" --uri "unix://$CASE_DIR/$name/vici"
}

# ike_load HOST NAME: the configuration that stands in NAME/swanctl.conf
ike_load() {
  local dir=$CASE_DIR/$2
  ike_tool "$1" "$2" --load-all --file "$dir/swanctl.conf" >"$dir/load" 2>&1 || fail "swanctl on $1: $(tail -1 "$dir/load")"
}

# ike_server [CHARON-SETTINGS]
ike_server() {
  ike_daemon srv server "${1:-}"
  ns srv ip addr add $IKE_SERVER/32 dev lo 2>/dev/null
  cat >"$CASE_DIR/server/swanctl.conf" <<X
connections { rw {
  version = 2
  local_addrs = $SRV
  pools = p
  unique = never
  $(ike_own server)
  remote { auth = $IKE_AUTH }
  children { net {
    local_ts = 10.99.0.0/24
    esp_proposals = aes128-sha256
    rekey_time = 0 } }
} }
pools { p { addrs = 10.99.1.0/24 } }
secrets { ike-1 { secret = "$(ike_secret)" } }
X
  ike_load srv server
}

# ike_client HOST NAME [CHARON-SETTINGS]: brings the tunnel up
ike_client() {
  local host=$1 dir=$CASE_DIR/$2
  ike_daemon "$host" "$2" "${3:-}"
  cat >"$dir/swanctl.conf" <<X
connections { home {
  version = 2
  remote_addrs = $SRV
  vips = 0.0.0.0
  $(ike_own "$2")
  remote { auth = $IKE_AUTH
    id = server }
  children { net {
    remote_ts = 10.99.0.0/24
    esp_proposals = aes128-sha256
    rekey_time = 0 } }
} }
secrets { ike-1 { secret = "$(ike_secret)" } }
X
  ike_load "$host" "$2"
  timeout 20 ip netns exec "$LAB_PFX$host" swanctl --initiate --child net --uri "unix://$dir/vici" >"$dir/initiate" 2>&1 ||
    { echo "initiate: $(tail -1 "$dir/initiate")"; return 1; }
  echo "up with $(ike_tool "$host" "$2" --list-sas | grep -o "remote '.*" | head -1)"
}

# The endpoints of the peers that the server has security associations with, one a line
ike_endpoints() {
  ike_tool srv server --list-sas | grep -o 'remote.*\[[0-9]*\]' | sed 's/.*@ //' | sort -u
}

# ike_inner HOST NAME: the client's address inside the tunnel
ike_inner() { ike_tool "$1" "$2" --list-sas | grep -o 'local  *10\.99\.1\.[0-9]*' | grep -o '10\..*' | head -1; }
