#!/bin/bash
# Builds the lab, runs the cases against one NAT, prints `PASS|FAIL|SKIP name reason` for each and a total, removes the lab.
# usage: run.sh MODE [CASE...] [-- COMMAND...]
#   MODE      culvert  our gateway (gateway.sh; what follows -- is added to its options)
#             custom   COMMAND is the NAT; it attaches to two TUN devices, README.md says what it finds
#             linux    the kernel's NAT        none   no NAT; both are controls
#   CASE      a name (b01), a whole name or a pattern ('b*'); without one: all
# LAB_KEEP=1 leaves the namespaces up. Exit 0 when nothing failed, 1 when something did, 2 when there was no run.
. "$(dirname "$0")/lib.sh"
. "$LAB/parts/gateway.sh"

usage() { sed -n '2,/^\. /s/^# //p' "$0"; exit 2; }
[ $# -gt 0 ] || usage
MODE=$1
shift
CASES=()
while [ $# -gt 0 ] && [ "$1" != -- ]; do CASES+=("$1"); shift; done
[ "${1:-}" = -- ] && shift
[ "$(id -u)" = 0 ] || { echo "needs root"; exit 2; }

case $MODE in
  culvert) NAT=custom-tun COMMAND=("$LAB/gateway.sh" "$@") ;;
  custom) NAT=custom-tun COMMAND=("$@") ;;
  linux | none) NAT=$MODE COMMAND=() ;;
  *) usage ;;
esac
[ $NAT != custom-tun ] || [ ${#COMMAND[@]} -gt 0 ] || usage

RUN=$(mktemp -d "$LAB_TMP/run-$MODE-XXXXXX")
GATEWAY_DIR=$RUN/gateway
export MODE LAB_TMP LAB_PFX GATEWAY_DIR
exec 9>"$LAB_TMP/lock"
flock -n 9 || { echo "another run holds $LAB_TMP/lock"; exit 2; }

# What the case's programs leave behind is ended and forgotten before the next case; the NAT's namespace is left alone.
tidy() {
  local host
  end_processes TERM $HOSTS
  sleep 0.2
  end_processes KILL $HOSTS
  for host in $HOSTS; do ns $host ip route flush cache; done # what it learned of path MTUs
  [ $MODE != linux ] || ns nat conntrack -F >/dev/null 2>&1
}

CASE_PID=
clean_up() {
  [ -z "$CASE_PID" ] || kill "$CASE_PID" 2>/dev/null
  ! has_gateway || gateway_stop >/dev/null
  [ -n "${LAB_KEEP:-}" ] || "$LAB/down.sh"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

selected() { # NAME
  [ ${#CASES[@]} -gt 0 ] || return 0
  local wanted
  for wanted in "${CASES[@]}"; do
    [[ $1 == $wanted || $1 == $wanted-* ]] && return 0
  done
  return 1
}

report() { # VERDICT NAME REASON SECONDS
  printf '%s %s %s [%.1fs]\n' "$1" "$2" "$3" "$4" | tee -a "$RUN/summary"
}


run_case() { # FILE
  local name limit began status reason verdict
  name=$(basename "$1" .sh)
  limit=$(sed -n 's/^# timeout: *//p' "$1")
  export CASE_DIR=$RUN/$name
  mkdir -p "$CASE_DIR"
  began=$(date +%s.%N)
  timeout -k 5 "${limit:-30}" bash "$1" >"$CASE_DIR/out" 2>"$CASE_DIR/err" </dev/null 9>&- &
  CASE_PID=$!
  wait $CASE_PID
  status=$?
  CASE_PID=
  tidy
  reason=$(grep -a '^REASON ' "$CASE_DIR/out" | tail -1 | cut -c8-)
  case $status in
    0) verdict=PASS ;;
    77) verdict=SKIP ;;
    124) verdict=FAIL reason="not done in ${limit:-30} s; $reason" ;;
    *) verdict=FAIL reason=${reason:-"status $status: $(tail -1 "$CASE_DIR/err")"} ;;
  esac
  if has_gateway && ! gateway_runs; then
    verdict=FAIL reason="GATEWAY DIED ($(gateway_said)); $reason"
    gateway_start || exit 1
  fi
  ! has_gateway || gateway_as_it_was || exit 1
  report $verdict "$name" "$reason" "$(awk "BEGIN { print $(date +%s.%N) - $began }")"
}

# Packets that the kernel threw away because the gateway read a device too slowly. It cannot count them itself.
queue_drops() {
  local device
  for device in natlan natwan; do
    echo -n " $device $(ns nat cat /sys/class/net/$device/statistics/tx_dropped)"
  done
}

# A gateway that was asked to end must do so by itself, with status 0.
judge_end() {
  local reason
  reason=$(gateway_stop) && [ "$(gateway_status)" = 0 ] &&
    report PASS gateway-end "status 0 after TERM; dropped in the queue of$(queue_drops)" 0 && return
  report FAIL gateway-end "status $(gateway_status 2>/dev/null) after TERM; $reason $(gateway_said)" 0
}

count() { grep -c "^$1 " "$RUN/summary"; }

"$LAB/up.sh" $NAT >"$RUN/up.log" 2>&1 || { echo "the lab is not up: $(tail -1 "$RUN/up.log")"; exit 2; }
if [ ${#COMMAND[@]} -gt 0 ]; then
  gateway_command "${COMMAND[@]}"
  gateway_start || { tail -5 "$GATEWAY_DIR/log"; exit 2; }
fi
: >"$RUN/summary"
for file in "$LAB"/cases/*.sh; do
  if selected "$(basename "$file" .sh)"; then run_case "$file"; fi
done
if has_gateway; then judge_end; fi
echo "TOTAL mode=$MODE pass=$(count PASS) fail=$(count FAIL) skip=$(count SKIP) logs=$RUN"
[ "$(count FAIL)" = 0 ] && [ -s "$RUN/summary" ]
