# WireGuard in user space (wireguard-go): a server on `srv`, clients on inside hosts, all on UDP port 51820. Source after lib.sh.
need wireguard-go wg
WG_PORT=51820
WG_SERVER=10.77.0.1 # inside the tunnel; the clients are 10.77.0.11, .12, ...

wg_address_of() { echo 10.77.0.1${1#c}; }

# wg_keys HOST...: fresh keys, left in the case's scratch only
wg_keys() {
  local host
  for host; do
    (umask 077; wg genkey >"$CASE_DIR/$host.key")
    wg pubkey <"$CASE_DIR/$host.key" >"$CASE_DIR/$host.pub"
  done
}

# wg_host HOST ADDRESS PEER-WORDS...: what follows goes to tools/wg-host.sh
wg_host() {
  local host=$1 address=$2
  shift 2
  start_own_run "$host" "wg-$host" "exec sh $TOOLS/wg-host.sh $address $WG_PORT $CASE_DIR/$host.key $*"
  logged 10 "wg-$host" ready
}

# wg_server CLIENT...
wg_server() {
  local client peers=
  for client; do
    peers="$peers $(cat "$CASE_DIR/$client.pub") $(wg_address_of "$client")/32 - 0"
  done
  wg_host srv $WG_SERVER "$peers"
}

# wg_client CLIENT: sends from port 51820 like all the others, a keepalive every 5 seconds
wg_client() {
  wg_host "$1" "$(wg_address_of "$1")" "$(cat "$CASE_DIR/srv.pub") 10.77.0.0/24 $SRV:$WG_PORT 5"
  waitfor 12 ns "$1" ping -q -c 1 -W 1 $WG_SERVER || fail "$1: no answer through the tunnel"
}

# wg_tool HOST WORDS...: the wg program against that host's wireguard-go
wg_tool() {
  local host=$1 daemon
  shift
  daemon=$(for pid in $(ip netns pids "$LAB_PFX$host"); do [ "$(cat /proc/$pid/comm)" = wireguard-go ] && echo $pid; done | head -1)
  nsenter -t "$daemon" -m -n wg "$@"
}

# The endpoints that the server sees, one a line
wg_endpoints() { wg_tool srv show wg0 endpoints | awk '{ print $2 }' | sort; }
