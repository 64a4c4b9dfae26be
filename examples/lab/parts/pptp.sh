# PPTP: pptpd on a server, pptp on clients (pptp-linux). PPP stands in user space (tools/ppp.py), since few kernels of today
# have it. Source after lib.sh.
need pptp pptpd tcpdump
PPP=$TOOLS/ppp.py
PPTP_SERVER=10.9.0.1   # inside the tunnels of the first server
PPTP_SERVER_B=10.9.1.1 # of the second
EQUAL_ID=4660          # the Call ID of every client that shall have the same one

# pptp_server HOST [NET]: pptpd on HOST, which gives out addresses of NET (10.9.0) and is NET.1 itself
pptp_server() {
  local host=$1 net=${2:-10.9.0} dir=$CASE_DIR/pptpd-$1
  mkdir -p "$dir"
  printf '%s\n' "ppp $PPP" "localip $net.1" "remoteip $net.11-90" "connections 80" noipparam >"$dir/conf"
  start_own_run "$host" "pptpd-$host" "export PPP_LOG=$dir/ppp PPP_MTU=${PPP_MTU:-1400}; exec pptpd -f -c $dir/conf -p /run/pptpd.pid"
  waitfor 5 listens "$host" || fail "pptpd does not listen: $(tail -1 "$CASE_DIR/pptpd-$host.log")"
}
listens() { ns "$1" ss -Hlnt sport = :1723 | grep -q .; }

# pptp_client HOST NAME SERVER [CALL-ID [PPTP-OPTION...]]: starts one in the background; its process id in $STARTED. It takes
# its Call ID from /dev/random: a file bound over that gives it the one wanted. By its own /run each call has a control
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
    exec $PYTHON $PPP -- pptp $server --nolaunchpppd --nohostroute $*"
}

# tunnel_up NAME: waits for the client's address; inner NAME: that address
tunnel_up() {
  waitfor 10 grep -q '^up ' "$CASE_DIR/$1.ppp" || { echo "no tunnel"; return 1; }
  inner "$1"
}
inner() { sed -n 's/^up \([^ ]*\).*/\1/p' "$CASE_DIR/$1.ppp" | tail -1; }

# tunnel_down PROCESS NAME: the client says goodbye, in PPP and on the control connection
tunnel_down() {
  kill -TERM "$1"
  waitfor 5 grep -q '^ended' "$CASE_DIR/$2.ppp"
}

# nothing_foreign: neither a client nor a server got a packet of somebody else's tunnel, or a broken one
nothing_foreign() { ! grep -h -e '^foreign' -e '^wrong' "$CASE_DIR"/*.ppp "$CASE_DIR"/pptpd-*/ppp; }

# pings NAME HOST ADDRESS: from HOST until pings_end, ten a second; pings_end NAME: none of them was lost, but for those
# that may still be under way
declare -A PINGING
pings() {
  start "$2" "$1" env --default-signal=INT ping -i .1 "$3"
  PINGING[$1]=$STARTED
}
pings_end() {
  kill -INT "${PINGING[$1]}"
  waitfor 3 grep -q transmitted "$CASE_DIR/$1.log"
  awk -F '[= ]' '/ icmp_seq=/ { got++; for (i = 1; i < NF; i++) if ($i == "icmp_seq" && $(i + 1) > last) last = $(i + 1) }
    / transmitted/ { sent = $1 } END { print got + 0 " of " sent; exit !(got && got == last && last >= sent - 2) }' "$CASE_DIR/$1.log"
}

# watch_pptp: notes in words what passes on both sides of the NAT, inside.log and outside.log
watch_pptp() {
  local side
  start nat inside tcpdump -i br0 -n -l -U 'tcp port 1723 or proto 47 or icmp'
  start nat outside tcpdump -i wan -n -l -U 'tcp port 1723 or proto 47 or icmp'
  for side in inside outside; do logged 5 $side 'listening on'; done
}
# asked_ids SIDE: the Call IDs of all calls asked for there, in order
asked_ids() { grep -o 'CTRL_MSGTYPE=OCRQ CALL_ID([0-9]*)' "$CASE_DIR/$1.log" | grep -o '[0-9]*' | tr '\n' ' '; }
# distinct WORD...
distinct() { test $# = "$(printf '%s\n' "$@" | sort -u | wc -l)"; }

# hidden: outside, everything is the NAT's
hidden() { [ "$MODE" = none ] || ! grep "IP ${INSIDE_NET%.*}" "$CASE_DIR/outside.log"; }
