#!/bin/bash
# Ends what still runs inside the lab's own namespaces and removes them.
. "$(dirname "$0")/lib.sh"

anything_runs() {
  local name
  for name in $NAMESPACES; do
    [ -z "$(ip netns pids "$LAB_PFX$name" 2>/dev/null)" ] || return 0
  done
  return 1
}

for signal in TERM KILL; do
  anything_runs || break
  end_processes $signal $NAMESPACES
  sleep 0.5
done
for name in $NAMESPACES; do ip netns del "$LAB_PFX$name" 2>/dev/null; done
exit 0
