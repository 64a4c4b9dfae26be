# coturn: a STUN server on both addresses of `srv`, and what it finds out about the NAT (RFC 5780). Source after lib.sh.
need turnserver turnutils_natdiscovery

stun_server() {
  start srv stun turnserver -n -L $SRV -L $SRV_B --no-auth --no-tls --no-dtls --no-cli -S --log-file stdout \
    --pidfile "$CASE_DIR/stun.pid" --userdb "$CASE_DIR/stun.db"
  waitfor 8 sh -c "ip netns exec ${LAB_PFX}srv ss -lnu | grep -q '$SRV_B:3479'" || fail "turnserver: $(tail -1 "$CASE_DIR/stun.log")"
}

# discover NAME HOST WORDS...: into the file NAME
discover() {
  local name=$1 host=$2
  shift 2
  ns "$host" turnutils_natdiscovery "$@" $SRV >"$CASE_DIR/$name" 2>&1
}

# found NAME TEXT: the verdict that natdiscovery ends with
found() {
  grep '!$' "$CASE_DIR/$1" || tail -1 "$CASE_DIR/$1"
  grep -q "NAT with $2!" "$CASE_DIR/$1"
}

# The outside endpoints that NAME found, one a line
reflexive() { grep -o 'reflexive addr: .*' "$CASE_DIR/$1" | sed 's/.*: //' | sort -u; }

# address-dependent  ->  Address Dependent Filtering
filtering_words() {
  case $FILTERING in
    endpoint-independent) echo "Endpoint Independent Filtering" ;;
    address-dependent) echo "Address Dependent Filtering" ;;
    address-and-port-dependent) echo "Address and Port Dependent Filtering" ;;
  esac
}
