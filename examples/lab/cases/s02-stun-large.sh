#!/bin/bash
# what: the same with messages so large that they come in fragments: endpoint-independent mapping
# timeout: 30
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/echo.sh"
. "$LAB/parts/stun.sh"
needs_nat
stun_server
for host in c1 c2; do
  discover mapping-$host $host -m -P -L "$(address_of $host)" -l 5000
  check $host found mapping-$host "Endpoint Independent Mapping"
done
verdict
