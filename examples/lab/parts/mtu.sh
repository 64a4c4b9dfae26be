# Paths with a small MTU. Source after parts/echo.sh.
. "$LAB/parts/gateway.sh"

# learned HOST ADDRESS MTU: the host's kernel knows the path's MTU
learned() { ns "$1" ip route get "$2" | grep -o "mtu $3"; }

# outside_mtu MTU: the NAT is a hop that sends nothing larger to the outside net, for the rest of the case
outside_mtu() {
  case $MODE in
    culvert) gateway_with --mtu "$1" --ttl || fail "gateway does not start with --mtu $1" ;;
    linux)
      trap outside_mtu_as_it_was EXIT
      ns nat ip route replace $OUTSIDE_NET dev wan src $PUBLIC_ADDR proto kernel scope link mtu lock "$1" ;;
    *) skip "needs a NAT whose MTU can be set" ;;
  esac
}
outside_mtu_as_it_was() { ns nat ip route replace $OUTSIDE_NET dev wan src $PUBLIC_ADDR proto kernel scope link; }
