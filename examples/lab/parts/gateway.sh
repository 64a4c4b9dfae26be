# The program under test in namespace `nat`: started by run.sh, stopped and started again by cases. Source after lib.sh.
# GATEWAY_DIR holds the command (one word a line), what a case adds to it (options), its output (log), its process id (pid)
# and its exit status (status).

gateway_command() { # COMMAND...: remembers what is to be run
  mkdir -p "$GATEWAY_DIR"
  printf '%s\n' "$@" >"$GATEWAY_DIR/command"
}
has_gateway() { [ -n "${GATEWAY_DIR:-}" ] && [ -s "$GATEWAY_DIR/command" ]; }
gateway_runs() { kill -0 "$(cat "$GATEWAY_DIR/pid")" 2>/dev/null; }
gateway_said() { tail -1 "$GATEWAY_DIR/log"; }

carrier() { ns nat cat /sys/class/net/natlan/carrier | grep -q 1 && ns nat cat /sys/class/net/natwan/carrier | grep -q 1; }

# A shell ignores INT in what it starts in the background; the gateway must be asked by INT too, so it gets the default back.
gateway_start() {
  local words
  mapfile -t words < <(cat "$GATEWAY_DIR/command" "$GATEWAY_DIR/options" 2>/dev/null)
  rm -f "$GATEWAY_DIR/status" "$GATEWAY_DIR/pid"
  (
    ip netns exec "${LAB_PFX}nat" env --default-signal=INT INSIDE_IF=br0 OUTSIDE_IF=wan INSIDE_NET=$INSIDE_NET INSIDE_GW=$INSIDE_GW \
      PUBLIC_ADDR=$PUBLIC_ADDR OUTSIDE_GW=$OUTSIDE_GW TUN_LAN=natlan TUN_WAN=natwan FORWARDS="$LAB_FORWARDS" \
      ALGS="$LAB_ALGS" "${words[@]}" &
    echo $! >"$GATEWAY_DIR/pid"
    wait $!
    echo $? >"$GATEWAY_DIR/status"
  ) >>"$GATEWAY_DIR/log" 2>&1 </dev/null 9>&- &
  waitfor 5 test -s "$GATEWAY_DIR/pid"
  waitfor "${LAB_START_WAIT:-20}" carrier || { echo "gateway did not open its TUN devices: $(gateway_said)"; return 1; }
  gateway_runs || { echo "gateway ended: $(gateway_said)"; return 1; }
}

# gateway_stop [SIGNAL]: asks it to end and waits; its status is in the file `status`
gateway_stop() {
  gateway_runs || return 0
  kill -"${1:-TERM}" "$(cat "$GATEWAY_DIR/pid")"
  waitfor 5 test -s "$GATEWAY_DIR/status" && return 0
  kill -KILL "$(cat "$GATEWAY_DIR/pid")"
  echo "gateway had to be killed"
  return 1
}
gateway_status() { cat "$GATEWAY_DIR/status"; }

# gateway_with OPTION...: starts it again with these besides; run.sh starts it as it was after the case
gateway_with() {
  printf '%s\n' "$@" >"$GATEWAY_DIR/options"
  gateway_stop && gateway_start
}
# gateway_without_algs: starts it again with no VPN passthrough, until it is as it was
gateway_without_algs() {
  gateway_forgets_after
  gateway_stop && LAB_ALGS= gateway_start
}
gateway_as_it_was() {
  [ -e "$GATEWAY_DIR/options" ] || return 0
  rm "$GATEWAY_DIR/options"
  gateway_stop && gateway_start
}

# gateway_forgets_after: the case leaves so much behind that a later one could meet it, such as at ports it takes for free
gateway_forgets_after() { ! has_gateway || : >"$GATEWAY_DIR/options"; }
