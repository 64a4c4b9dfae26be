#!/bin/bash
# what: hairpinning between mappings (RFC 4787 REQ-9, RFC 5382 REQ-8): hosts that know each other's outside endpoints only, UDP,
#       TCP and ping, each sees the other as outside hosts do; the filter keeps out who was not sent to, as it does outside
# timeout: 40
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/echo.sh"
needs_nat
[ "$MODE" != linux ] || [ -n "${LAB_HAIRPIN:-}" ] || skip "Linux does not hairpin its mappings (LAB_HAIRPIN=1: some of them)"
echo_servers

# meet NAME HOST PORT HOST PORT
meet() {
  local name=$1 jobs= side
  mkfifo "$CASE_DIR/$name-1.peer" "$CASE_DIR/$name-2.peer"
  ns "$2" $UDP meet $SRV $ECHO "$3" <>"$CASE_DIR/$name-1.peer" >"$CASE_DIR/$name-1.log" 2>&1 & jobs=$!
  ns "$4" $UDP meet $SRV $ECHO "$5" <>"$CASE_DIR/$name-2.peer" >"$CASE_DIR/$name-2.log" 2>&1 & jobs="$jobs $!"
  for side in 1 2; do logged 5 $name-$side :; done
  if [ $FILTERING != endpoint-independent ]; then knock "$(cat "$CASE_DIR/$name-1.log")" "$(cat "$CASE_DIR/$name-2.log")"; fi
  cat "$CASE_DIR/$name-1.log" >"$CASE_DIR/$name-2.peer"
  cat "$CASE_DIR/$name-2.log" >"$CASE_DIR/$name-1.peer"
  for side in $jobs; do wait $side || FAILED="; somebody did not meet"; done
  for side in 1 2; do check $name-$side sh -c "tail -1 '$CASE_DIR/$name-$side.log' | grep 'datagrams from $PUBLIC_ADDR:'"; done
}
# knock ENDPOINT...: a third inside host, to which nobody has sent anything
knock() {
  local endpoint
  for endpoint; do ns c3 $UDP send ${endpoint%:*} ${endpoint#*:} too-early --sport 9000 >/dev/null; done
  sleep 0.2
}

meet two c1 6600 c2 6601
meet deep deep 6602 c1 6603
if [ "$MODE" = culvert ]; then # what stands in for hairpinning in Linux knows no changed ports, and lets a refusal through
  meet equal-ports c1 6604 c2 6604
  meet ike c1 4500 c2 4500
  ns c1 $TCP simultaneous $PUBLIC_ADDR 606 --sport 605 --tries 3 --via $SRV >"$CASE_DIR/tcp" 2>&1 & tcp=$!
  sleep 0.3
  check tcp-c2 ns c2 $TCP simultaneous $PUBLIC_ADDR 605 --sport 606 --tries 3 --via $SRV
  wait $tcp
  check tcp-c1 grep '^open' "$CASE_DIR/tcp"
  # an identifier stands for one host of those that use it: it is the one that is asked, and must have sent there, too
  ns c2 ping -q -e 4242 -c 15 -i .1 -W 1 $PUBLIC_ADDR >/dev/null & asked=$!
  sleep 0.3
  check ping ping_all c1 $PUBLIC_ADDR 5 -e 4242
  wait $asked
fi
verdict
