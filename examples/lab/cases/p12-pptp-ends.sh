#!/bin/bash
# what: PPTP calls end as their programs do: one client leaves, one is killed; what our gateway then has to tell is the one call
#       that stays up, and nothing of the others
# timeout: 40
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/gateway.sh"
. "$LAB/parts/pptp.sh"
[ "$MODE" = culvert ] || skip "needs our gateway's summary"
again() { gateway_stop && gateway_start; }
gateway_forgets_after
again || fail "the gateway does not start again"
pptp_server srv
pptp_client c1 leaves $SRV $EQUAL_ID
client=$STARTED
pptp_client c2 killed $SRV $EQUAL_ID
pptp_client c3 stays $SRV $EQUAL_ID
for name in leaves killed stays; do check up-$name tunnel_up $name; done
[ -z "$FAILED" ] || verdict

tunnel_down $client leaves
end_processes KILL c2
connections() { ns srv ss -Htn state connected exclude time-wait sport = :1723; }
one_left() { [ "$(connections | wc -l)" = 1 ]; }
check one-left waitfor 8 one_left || connections
check stays ping_all c3 $PPTP_SERVER 5
said=$(wc -l <"$GATEWAY_DIR/log")
again || fail "the gateway does not start again"
calls() { tail -n +$((said + 1)) "$GATEWAY_DIR/log" | sed -n 's/^vpn *PPTP \([^ ]* with [^ ]*: [^,]*\),.*/\1/p'; }
check calls test "$(calls)" = "$C3 with $SRV: 1 call"
PASSED="$PASSED; $(calls)"
verdict
