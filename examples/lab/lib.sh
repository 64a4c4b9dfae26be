# What every lab script shares: names, addresses, and how to run, wait and judge. Sourced, never run; it only defines.

LAB=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
TOOLS=$LAB/tools
LAB_PFX=${LAB_PFX:-culvert-}                    # every namespace of the lab begins with this
LAB_TMP=${LAB_TMP:-${TMPDIR:-/tmp}/culvert-lab} # logs, process ids, keys of one run
CASE_DIR=${CASE_DIR:-$LAB_TMP/case}             # scratch of the running case; run.sh sets one for each
PYTHON=${LAB_PYTHON:-/usr/bin/python3}
export PYTHONDONTWRITEBYTECODE=1 # leaves nothing beside the tools

INSIDE_HOSTS="c1 c2 c3" # one cable from the NAT
OUTSIDE_HOSTS="srv srv2 far"
HOSTS="$INSIDE_HOSTS deep wan $OUTSIDE_HOSTS" # deep: behind c3; wan: the switch and router outside
NAMESPACES="nat $HOSTS" # nat: the box under test

INSIDE_NET=192.168.77.0/24
INSIDE_GW=192.168.77.1
C1=192.168.77.11
C2=192.168.77.12
C3=192.168.77.13
DEEP=192.168.77.14 # behind c3, which is a router to it: a link of 1300 bytes
DEEP_MTU=1300
PUBLIC_ADDR=203.0.113.1
OUTSIDE_NET=203.0.113.0/24
OUTSIDE_GW=203.0.113.254
SRV=203.0.113.10   # `srv` has two addresses
SRV_B=203.0.113.11
SRV2=203.0.113.20
FAR=198.51.100.10 # one router further, behind a link of 1280 bytes
FAR_NET=198.51.100.0/24
FAR_GW=198.51.100.1
FAR_MTU=1280

# Static forwards that every NAT of the lab is asked for, in the gateway's own notation.
LAB_FORWARDS="tcp:8080=$C1:80 udp:8080=$C1:80 tcp:8081=$C2:80 udp:5300=$C2:53 tcp:1723=$C3:1723"

# The VPNs that every NAT of the lab is asked to help through, by the gateway's names; empty: none.
LAB_ALGS=${LAB_ALGS-pptp}

# What the NAT under test keeps out of its UDP mappings (RFC 4787 section 5): endpoint-independent, which is nothing,
# address-dependent or address-and-port-dependent
if [ "${MODE:-}" = linux ]; then FILTERING=address-and-port-dependent; else FILTERING=address-dependent; fi
FILTERING=${LAB_FILTERING:-$FILTERING}

mkdir -p "$CASE_DIR"

# address_of HOST
address_of() {
  case $1 in
    c1) echo $C1 ;; c2) echo $C2 ;; c3) echo $C3 ;;
    deep) echo $DEEP ;; srv) echo $SRV ;; srv2) echo $SRV2 ;; far) echo $FAR ;;
  esac
}

# ns NAMESPACE COMMAND...: runs a command in a namespace of the lab
ns() {
  local name=$1
  shift
  ip netns exec "$LAB_PFX$name" "$@"
}

# start NAMESPACE NAME COMMAND...: the same in the background, output to NAME.log; its process id in $STARTED
start() {
  local where=$1 name=$2
  shift 2
  ip netns exec "$LAB_PFX$where" "$@" >"$CASE_DIR/$name.log" 2>&1 </dev/null &
  STARTED=$!
}

# start_own_run NAMESPACE NAME SHELL-TEXT: a daemon with a private /run, so that two hosts do not share its sockets
start_own_run() {
  start "$1" "$2" unshare -m sh -c "mount --make-rprivate / && mount -t tmpfs tmpfs /run && mkdir -p /run/lock; $3"
}

# waitfor SECONDS COMMAND...: polls until the command succeeds; fails when the time is over
waitfor() {
  local end=$(($(date +%s%N) + $1 * 1000000000))
  shift
  until "$@" >/dev/null 2>&1; do
    [ "$(date +%s%N)" -lt $end ] || return 1
    sleep 0.1
  done
}

# logged SECONDS NAME TEXT: waits until TEXT stands in NAME.log, else the case fails with the log's last line
logged() {
  waitfor "$1" grep -q -- "$3" "$CASE_DIR/$2.log" || fail "$2: no '$3': $(tail -1 "$CASE_DIR/$2.log")"
}

# end_processes SIGNAL NAMESPACE...: ends what runs in these namespaces, and nothing else
end_processes() {
  local signal=$1 name pid
  shift
  for name; do
    for pid in $(ip netns pids "$LAB_PFX$name" 2>/dev/null); do
      [ "$pid" = $$ ] || kill -"$signal" "$pid" 2>/dev/null
    done
  done
  return 0
}

# How a case ends. run.sh prints what follows REASON.
pass() { echo "REASON $*"; exit 0; }
fail() { echo "REASON $*"; exit 1; }
skip() { echo "REASON $*"; exit 77; }

# need PROGRAM...: skips the case when one is missing
need() {
  local program
  for program; do
    command -v "$program" >/dev/null || [ -x "$program" ] || skip "missing program $program"
  done
}

# check WHAT COMMAND...: one of several checks of a case; `verdict` at the end passes if all of them did
FAILED= PASSED=
check() {
  local what=$1 output status
  shift
  output=$("$@" 2>&1)
  status=$?
  output=$(tail -1 <<<"$output")
  what="$what${output:+: $output}"
  echo "status $status: $what"
  if [ $status = 0 ]; then PASSED="$PASSED; $what"; else FAILED="$FAILED; $what"; fi
  return $status
}
verdict() {
  if [ -n "$FAILED" ]; then fail "${FAILED#; }"; fi
  pass "${PASSED#; }"
}

# judged STATUS NAME: what a command ended with whose output is in NAME.log
judged() {
  tail -1 "$CASE_DIR/$2.log"
  return "$1"
}

# ping_all HOST ADDRESS [COUNT [OPTION...]]: every echo must be answered
ping_all() {
  local host=$1 address=$2 count=${3:-10}
  shift $(($# < 3 ? $# : 3))
  ns "$host" ping -q -c "$count" -i .1 -W 2 "$@" "$address" | grep loss | grep ' 0% '
}
