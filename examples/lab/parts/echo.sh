# Echo servers on every outside host and what inside hosts do with them. Source after lib.sh.
ECHO=7000
UDP="$PYTHON $TOOLS/udp.py"
TCP="$PYTHON $TOOLS/tcp.py"
FLOWS="$PYTHON $TOOLS/flows.py"

# echo_server NAMESPACE PORT ADDRESS...
echo_server() {
  local where=$1
  shift
  start "$where" "echo-$where" "$PYTHON" "$TOOLS/echo_server.py" "$@"
  logged 8 "echo-$where" serving
}

# TCP and UDP port 7000, UDP port 7001, on both addresses of srv, on srv2 and on far
echo_servers() {
  echo_server srv $ECHO $SRV $SRV_B
  echo_server srv2 $ECHO $SRV2
  echo_server far $ECHO $FAR
}

# translated ENDPOINT: an address that a server saw must be the NAT's, except where there is none
translated() { [ "$MODE" = none ] || [[ $1 == $PUBLIC_ADDR:* ]]; }

# needs_nat: for cases that make no sense in plain routing
needs_nat() { [ "$MODE" != none ] || skip "needs a NAT"; }
