#!/bin/bash
# what: PPTP with its passthrough off: the control connection is plain TCP, byte for byte, and no GRE gets through; on again it
#       works
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

pptp_server srv
off || fail "the gateway does not start without it"
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
pptp_client c1 on $SRV $EQUAL_ID
check up-again tunnel_up on && check ping ping_all c1 $PPTP_SERVER 5
verdict
