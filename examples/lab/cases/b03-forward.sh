#!/bin/bash
# what: static forwards (8080 to c1:80, TCP and UDP; TCP 8081 to c2:80; UDP 5300 to c2:53) from three outside hosts at once with
#       equal source ports, 100 remotes of each on one forward; the server sees the remotes as they are
# timeout: 40
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/echo.sh"
needs_nat
flows=
echo_server c1 80 $C1
echo_server c2 53 $C2
start c2 echo-c2-web "$PYTHON" "$TOOLS/echo_server.py" 80 $C2
logged 8 echo-c2-web serving
jobs=
for host in srv srv2 far; do
  ns $host $TCP echo $PUBLIC_ADDR 8080 300000 --sport 6000 >"$CASE_DIR/tcp-$host" 2>&1 & jobs="$jobs $!"
  ns $host $UDP echo $PUBLIC_ADDR 5300 900 60 --sport 6000 --pause .005 >"$CASE_DIR/udp-$host" 2>&1 & jobs="$jobs $!"
done
for job in $jobs; do wait $job || FAILED="; not every answer came: $(grep -hv ' as ' "$CASE_DIR"/tcp-* "$CASE_DIR"/udp-* | tail -1)"; done
for host in srv srv2 far; do
  for kind in tcp udp; do
    check $kind-$host-seen grep -q "seen as $(address_of $host):6000" "$CASE_DIR/$kind-$host"
  done
done
for host in srv srv2 far; do
  ns $host $FLOWS hold $PUBLIC_ADDR 8080 20000 100 >"$CASE_DIR/flows-$host" 2>&1 & flows="$flows $!"
done
for job in $flows; do wait $job; done
for host in srv srv2 far; do check flows-$host sh -c "tail -1 '$CASE_DIR/flows-$host' | grep '^600/600 '"; done
check other-forward ns srv $TCP echo $PUBLIC_ADDR 8081 1000
check no-forward ns srv $TCP silent $PUBLIC_ADDR 8082 2
check outbound-too ns c1 ping -q -c 2 -i .1 -W 1 $SRV
verdict
