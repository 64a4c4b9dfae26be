# Bulk TCP through a tunnel with iperf3. Source after lib.sh.
need iperf3

# bulk HOST ADDRESS: three seconds from HOST to ADDRESS (of srv), then back; prints both rates
bulk() {
  local up down
  up=$(rate "$1" "$2" 5201) || { echo "up: $up"; return 1; }
  down=$(rate "$1" "$2" 5202 -R) || { echo "down: $down"; return 1; }
  echo "$up up, $down down"
}

# rate HOST ADDRESS PORT [OPTION...]: a server for each measurement, since one still busy with the last refuses the next
rate() {
  local host=$1 address=$2 port=$3
  shift 3
  start srv iperf-$port iperf3 -s -1 -B "$address" -p $port
  waitfor 5 sh -c "ip netns exec ${LAB_PFX}srv ss -lnt | grep -q '$address:$port'" || { echo "iperf3 does not listen"; return 1; }
  ns "$host" iperf3 -c "$address" -p $port -t 3 -f m "$@" 2>&1 | tee "$CASE_DIR/iperf-client-$port.log" | awk '/receiver/ && $7 > 0 { print $7, $8; good = 1 } END { exit !good }'
}
