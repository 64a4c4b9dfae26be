#!/bin/bash
# what: traceroute through the NAT by UDP, ping and TCP, from one host, from one behind another, and from two at once; and from
#       outside to a forward and to a mapping, where nothing of the inside network may show
# timeout: 60
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/echo.sh"
need traceroute
echo_servers
ROUTE="traceroute -n -q 1 -w 1 -m 8"

# route NAME HOST TARGET LAST WORDS...: every hop answers, up to the last one, LAST
route() {
  local name=$1 host=$2 target=$3 last=$4
  shift 4
  ns "$host" $ROUTE "$@" "$target" >"$CASE_DIR/$name" 2>&1
  check "$name" every_hop "$name" "$last"
}
every_hop() {
  local hops
  hops=$(awk '/^ *[0-9]+ / { print $2 }' "$CASE_DIR/$1" | tr '\n' ' ')
  echo "${hops:-$(tail -1 "$CASE_DIR/$1")}"
  [[ $hops == *" $2 " && $hops != *'*'* ]]
}
reached_by() { grep -q " $OUTSIDE_GW " "$CASE_DIR/$1"; }

route udp c1 $FAR $FAR -U -p 7999
route udp-ports c1 $FAR $FAR
route icmp c1 $FAR $FAR -I
route tcp c1 $FAR $FAR -T -p $ECHO
route tcp-closed c1 $FAR $FAR -T -p 7999
route deep deep $FAR $FAR -I
for name in udp udp-ports icmp tcp tcp-closed deep; do check $name-router reached_by $name; done
jobs=
for host in c1 c2; do
  ns $host $ROUTE -U -N 1 --sport=6720 -p 7999 $FAR >"$CASE_DIR/equal-ports-$host" 2>&1 & jobs="$jobs $!"
done
wait $jobs
for host in c1 c2; do check equal-ports-$host every_hop equal-ports-$host $FAR; done

if [ "$MODE" != none ]; then
  route forward srv $PUBLIC_ADDR $PUBLIC_ADDR -T -p 8080
  route forward-udp srv2 $PUBLIC_ADDR $PUBLIC_ADDR -U -p 5300
  ns deep $UDP send $SRV 7300 opens --sport 6721 >/dev/null
  route mapping srv $PUBLIC_ADDR $PUBLIC_ADDR -U -N 1 --sport=7300 -p 6721
  check nothing-of-the-inside sh -c "! grep 192.168 '$CASE_DIR/forward' '$CASE_DIR/forward-udp' '$CASE_DIR/mapping'"
fi
verdict
