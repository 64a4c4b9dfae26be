# Fragments of every kind. Source after parts/echo.sh.
FRAGMENTS="$PYTHON $TOOLS/fragments.py"
need tcpdump

# watch_fragments HOST FILTER [INTERFACE]: remembers the fragments that pass there
watch_fragments() {
  start "$1" "fragments-$1" tcpdump -i ${3:-eth0} -n -l -U "ip[6:2] & 0x3fff != 0 and $2"
  logged 5 "fragments-$1" 'listening on'
}

# saw_fragments HOST: at least one passed
saw_fragments() { waitfor 3 grep -q ' IP ' "$CASE_DIR/fragments-$1.log"; }

# together OPTION...: tools/fragments.py together, from all inside hosts
together() {
  ns c1 $FRAGMENTS together "$@" ${INSIDE_HOSTS//c/${LAB_PFX}c}
}

# cut_outward SIZE, cut_inward SIZE: what goes to the NAT from inside, or from the router outside, is cut into fragments of
# that size where it may be: senders allow it from `send_fragmentable HOST 1` on. Until `cut_nothing`.
cut_outward() {
  case $MODE in
    culvert | custom) ns nat ip route replace default dev natlan mtu lock "$1" table 100 ;;
    *) ns nat ip route replace default via $OUTSIDE_GW mtu lock "$1" ;;
  esac
}
cut_inward() { ns wan ip route replace $(nat_side) mtu lock "$1"; }
nat_side() { # the NAT's side as the router outside knows it
  if [ "$MODE" = none ]; then echo "$INSIDE_NET via $PUBLIC_ADDR"; else echo "$PUBLIC_ADDR dev sw0"; fi
}
cut_nothing() {
  case $MODE in
    culvert | custom) ns nat ip route replace default dev natlan table 100 ;;
    *) ns nat ip route replace default via $OUTSIDE_GW ;;
  esac
  if [ "$MODE" = none ]; then ns wan ip route replace $(nat_side); else ns wan ip route del $(nat_side); fi
}
send_fragmentable() { ns "$1" sysctl -qw net.ipv4.ip_no_pmtu_disc="$2"; }
