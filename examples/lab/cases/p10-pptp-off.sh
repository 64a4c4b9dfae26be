#!/bin/bash
# what: PPTP with its passthrough off: the control connection is plain TCP with its Call ID as it is, no GRE gets through, and our
#       gateway says at its end that it refused a protocol; on again it works
# timeout: 60
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/echo.sh"
. "$LAB/parts/gateway.sh"
. "$LAB/parts/pptp.sh"
needs_nat
off() {
  case $MODE in
    linux)
      trap on EXIT
      ns nat nft flush chain ip lab helped ;;
    *) gateway_without_algs ;;
  esac
}
on() {
  case $MODE in
    linux)
      trap - EXIT
      ns nat nft 'add rule ip lab helped tcp dport 1723 ct helper set "pptp"' ;;
    *) gateway_as_it_was ;;
  esac
}

# the gateway's summary of the run that just ended
says_so() { tail -n +$((said + 1)) "$GATEWAY_DIR/log" | grep -o 'refused .*UNKNOWN_PROTOCOL [0-9]*'; }

pptp_server srv
off || fail "the gateway does not start without it"
[ "$MODE" = linux ] || said=$(wc -l <"$GATEWAY_DIR/log")
watch_pptp
pptp_client c1 off $SRV $EQUAL_ID
check call-accepted waitfor 5 grep -q 'OCRP.*RESULT_CODE(1)' "$CASE_DIR/inside.log"
check gre-inside waitfor 5 grep -q "GREv1" "$CASE_DIR/inside.log"
sleep 3
check no-tunnel sh -c "! grep '^up ' '$CASE_DIR/off.ppp'"
check no-gre-through sh -c "! grep '> $C1: GREv1' '$CASE_DIR/inside.log'"
check call-id-untouched test "$(asked_ids outside)" = "$EQUAL_ID "
end_processes TERM c1
on || fail "the gateway does not start with it"
[ "$MODE" != culvert ] || check says-so says_so
pptp_client c1 on $SRV $EQUAL_ID
check up-again tunnel_up on && check ping ping_all c1 $PPTP_SERVER 5
verdict
