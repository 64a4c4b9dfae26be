# PPTP: pptpd on a server, pptp on clients (pptp-linux). PPP stands in user space (tools/ppp.py), since few kernels of today
# have it. Source after lib.sh.
need pptp pptpd tcpdump
PPP=$TOOLS/ppp.py
PPTP_SERVER=10.9.0.1   # inside the tunnels of the first server
PPTP_SERVER_B=10.9.1.1 # of the second

# pptp_server HOST [NET [ENVIRONMENT]]: pptpd on HOST, which gives out addresses of NET (10.9.0) and is NET.1 itself
pptp_server() {
  local host=$1 net=${2:-10.9.0} dir=$CASE_DIR/pptpd-$1
  mkdir -p "$dir"
  printf '%s\n' "ppp $PPP" "localip $net.1" "remoteip $net.11-90" "connections 80" noipparam debug >"$dir/conf"
  start_own_run "$host" "pptpd-$host" "export PPP_LOG=$dir/ppp ${3:-}; exec pptpd -f -c $dir/conf -p /run/pptpd.pid"
  PPTPD=$STARTED
  waitfor 5 listens "$host" 1723 || fail "pptpd does not listen: $(tail -1 "$CASE_DIR/pptpd-$host.log")"
}
listens() { ns "$1" ss -lnt | grep -q ":$2 "; }

# pptp_client HOST NAME SERVER [CALL-ID [PPTP-OPTION...]]: starts one in the background; its process id in $STARTED. It takes
# its Call ID from /dev/random: a file bound over that gives it the one wanted. Its own /run makes each call a control
# connection of its own.
pptp_client() {
  local host=$1 name=$2 server=$3 id=${4:-} chosen=
  shift $(($# < 4 ? $# : 4))
  if [ -n "$id" ]; then
    "$PYTHON" -c 'import sys; open(sys.argv[1], "wb").write(int(sys.argv[2]).to_bytes(2, "little") * 4096)' "$CASE_DIR/$name.id" "$id"
    chosen="mount --bind $CASE_DIR/$name.id /dev/random && mount --bind $CASE_DIR/$name.id /dev/urandom;"
  fi
  : >"$CASE_DIR/$name.ppp"
  start_own_run "$host" "$name" "$chosen export PPP_LOG=$CASE_DIR/$name.ppp PPP_MTU=${PPP_MTU:-1400};
    exec $PYTHON $PPP -- pptp $server --nolaunchpppd --nohostroute --loglevel 2 $*"
}

# tunnel_up NAME [SECONDS]: waits for the client's address
tunnel_up() {
  waitfor "${2:-10}" grep -q '^up ' "$CASE_DIR/$1.ppp" || { echo "no tunnel: $(tail -1 "$CASE_DIR/$1.log")"; return 1; }
  inner "$1"
}
inner() { sed -n 's/^up \([^ ]*\).*/\1/p' "$CASE_DIR/$1.ppp" | tail -1; }

# nothing_foreign: neither a client nor a server got a packet of somebody else's tunnel, or a broken one
nothing_foreign() { ! grep -h -e '^foreign' -e '^wrong' "$CASE_DIR"/*.ppp "$CASE_DIR"/pptpd-*/ppp; }
