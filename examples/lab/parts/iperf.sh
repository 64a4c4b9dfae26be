# Bulk with iperf3. Source after lib.sh.
need iperf3

# bulk HOST ADDRESS: bulk TCP, such as through a tunnel: three seconds from HOST to ADDRESS (of srv), then back; prints both rates
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
  iperf_server "$address" "$port" || { echo "iperf3 does not listen"; return 1; }
  ns "$host" iperf3 -c "$address" -p $port -t 3 -f m "$@" 2>&1 | tee "$CASE_DIR/iperf-client-$port.log" | awk '/receiver/ && $7 > 0 { print $7, $8; good = 1 } END { exit !good }'
}

iperf_server() { # ADDRESS PORT, for one measurement
  start srv "iperf-$2" iperf3 -s -1 -B "$1" -p "$2"
  waitfor 5 sh -c "ip netns exec ${LAB_PFX}srv ss -lnt | grep -q '$1:$2'"
}

# measure NAME HOST PORT [OPTION...]: two seconds in the background; its process id is added to $MEASURING
MEASURING=
measure() {
  local name=$1 host=$2 port=$3
  shift 3
  iperf_server $SRV "$port" || fail "iperf3 does not listen"
  start "$host" "measure-$name" iperf3 -c $SRV -p "$port" -t 2 -J "$@"
  MEASURING="$MEASURING $STARTED"
}

# measured NAME: every direction carried data, and of datagrams less than a tenth was lost (a starved machine loses
# some where the bulk fills a queue)
measured() {
  "$PYTHON" -c "
import json, sys
end = json.load(open(sys.argv[1])).get('end', {})
rates = [end[key]['bits_per_second'] / 1e6 for key in ('sum_received', 'sum_received_bidir_reverse') if key in end]
lost = end.get('sum', {}).get('lost_percent', 0)
print(', '.join('%.0f Mbit/s' % rate for rate in rates) + (', lost %.1f %%' % lost if lost else ''))
sys.exit(0 if rates and min(rates) > 0 and lost < 10 else 1)
" "$CASE_DIR/measure-$1.log"
}
