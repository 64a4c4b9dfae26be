# ICMP errors in both directions. Source after parts/echo.sh.
ERRORS="$PYTHON $TOOLS/errors.py"
need ethtool nft

# Nobody listens here; the router outside says so of the second and the third itself.
CLOSED=7999
UNREACHABLE=198.51.100.66
PROHIBITED=198.51.100.67
refuse_at_the_router() { # by a filter: it says so of every packet, a route only of one in a second
  ns wan nft "table ip refuse; delete table ip refuse; table ip refuse { chain forward { type filter hook forward priority 0;
    ip daddr $UNREACHABLE reject with icmp type host-unreachable; ip daddr $PROHIBITED reject with icmp type admin-prohibited; }; }"
}

# whole_checksums HOST...: while the case runs, its packets leave with their checksums in place, so that what is quoted of
# them can be judged
whole_checksums() {
  trap "leave_checksums on $*" EXIT
  leave_checksums off "$@"
}
leave_checksums() {
  local onoff=$1 host
  shift
  for host; do ns "$host" ethtool -K eth0 tx "$onoff" >/dev/null; done
}

# inside_seen HOST: its address as seen outside
inside_seen() { if [ "$MODE" = none ]; then address_of "$1"; else echo $PUBLIC_ADDR; fi; }

# distance HOST ADDRESS: the TTL with which a ping from HOST just dies there
distance() {
  local ttl
  for ttl in 1 2 3 4 5 6; do
    ns "$1" ping -n -c 1 -W 1 -t $ttl $FAR | grep -q "From $2 .*exceeded" && echo $ttl && return
  done
  echo 0
}

# provoke NAME HOST PORT WORDS...: HOST sends a datagram from PORT and closes its socket; what srv sends back must come to the
# error that WORDS describe (see `back` of tools/errors.py)
provoke() {
  local name=$1 host=$2 port=$3 job
  shift 3
  start srv "$name" $ERRORS back $SRV 7300 "$@"
  job=$STARTED
  logged 5 "$name" serving
  ns "$host" $UDP send $SRV 7300 opens --sport "$port" >/dev/null
  wait $job
  check "$name" judged $? "$name"
}
