#!/bin/bash
# what: PPTP as people run it (pppd, MS-CHAPv2, MPPE, on User-Mode Linux): three clients at once, equal Call IDs, one server
# timeout: 120
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/uml.sh"
. "$LAB/parts/mppe.sh"
for host in srv $INSIDE_HOSTS; do uml_start $host $UML_PPP; done
uml_up srv $INSIDE_HOSTS
mppe_server srv

# together NAME COMMAND...: the same on all inside hosts at once; HOST stands for the host
together() {
  local name=$1 host
  shift
  declare -A jobs
  for host in $INSIDE_HOSTS; do "${@//HOST/$host}" >"$CASE_DIR/$name-$host" 2>&1 & jobs[$host]=$!; done
  for host in $INSIDE_HOSTS; do
    wait ${jobs[$host]}
    check $name-$host said $? "$CASE_DIR/$name-$host"
  done
}
said() {
  tail -1 "$2"
  return "$1"
}

together up mppe_client HOST $EQUAL_ID $SRV
[ -z "$FAILED" ] || verdict
together ping mppe_ping HOST $MPPE_SERVER -c 12
together whole mppe_ping HOST $MPPE_SERVER -s 1368 -M do
check leaves mppe_leave c1
for host in c2 c3; do check stays-$host mppe_ping $host $MPPE_SERVER; done
verdict
