#!/bin/bash
# Our gateway as the lab's NAT program. Started by run.sh, which sets the variables.
# CULVERT_JAR: another jar; JAVA_HOME: another JDK; JAVA_OPTS: options for the JVM
here=$(cd "$(dirname "$0")" && pwd)
options=()
for forward in $FORWARDS; do options+=(--forward "$forward"); done
for alg in $ALGS; do options+=(--enable "$alg"); done
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" $JAVA_OPTS -jar "${CULVERT_JAR:-$here/../gateway/target/culvert-gateway.jar}" run \
  --inside-tun "$TUN_LAN" --outside-tun "$TUN_WAN" --inside-net "$INSIDE_NET" --public "$PUBLIC_ADDR" "${options[@]}" "$@"
