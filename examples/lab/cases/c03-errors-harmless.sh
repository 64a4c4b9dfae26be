#!/bin/bash
# what: no ICMP error ends a mapping (RFC 4787 REQ-12, RFC 5382 REQ-10): while the router answers everything of a TCP connection
#       and of a UDP flow with "unreachable" or "prohibited", both live on
# timeout: 40
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/echo.sh"
. "$LAB/parts/errors.sh"
need nstat
echo_servers
refusing() { # KIND
  ns wan nft "table ip refuse; delete table ip refuse; table ip refuse { chain forward { type filter hook forward priority 0;
    ip daddr $FAR reject with icmp type $1; }; }"
}
trap "ns wan nft 'table ip refuse; delete table ip refuse'" EXIT
errors_of() { ns "$1" nstat -asz IcmpInDestUnreachs | awk '/IcmpIn/ { print $2 }'; }

before=$(errors_of c1)
udp_before=$(ns c2 $UDP mapping $ECHO 6750 $FAR)
ns c1 $TCP steady $FAR $ECHO 3 --sport 6751 >"$CASE_DIR/tcp.log" 2>&1 & tcp=$!
logged 5 tcp :
for kind in host-unreachable admin-prohibited port-unreachable; do
  refusing $kind
  ns c2 $UDP send $FAR $ECHO refused --sport 6750 >/dev/null
  sleep 0.5
done
ns wan nft 'delete table ip refuse'
during=$(errors_of c1)
wait $tcp
check tcp judged $? tcp
check errors-came test "$during" -gt "$before"
check udp test "$(ns c2 $UDP mapping $ECHO 6750 $FAR)" = "$udp_before"
PASSED="$PASSED; $((during - before)) errors"
verdict
