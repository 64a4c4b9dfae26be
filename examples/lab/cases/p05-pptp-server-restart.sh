#!/bin/bash
# what: PPTP, the server dies and comes back, its clients redial with the same Call ID at once: first a server that the kernel
#       says goodbye for, then server and clients that fall silent as if they lost power, whose old calls the NAT still holds
# timeout: 60
. "$(dirname "$0")/../lib.sh"
. "$LAB/parts/pptp.sh"
need nft
dial() { # NAME
  local host
  for host in c1 c2; do pptp_client $host $1-$host $SRV $EQUAL_ID; done
  for host in c1 c2; do check $1-$host tunnel_up $1-$host && check ping-$1-$host ping_all $host $PPTP_SERVER 5; done
  [ -z "$FAILED" ] || verdict
}
gone() { ! ns "$1" ss -Htn state established dport = :1723 | grep -q .; }

# mute, unmute: no FIN and RST from these hosts; nor later, of the connections of this case
MUTED="srv c1 c2"
mute() {
  local host
  trap unmute EXIT
  for host in $MUTED; do ns $host nft 'table ip mute { chain out { type filter hook output priority 0; tcp flags & (fin | rst) != 0 drop; }; }'; done
}
unmute() {
  local host
  end_processes KILL $MUTED
  for host in $MUTED; do
    ns $host ss -K sport = :1723 or dport = :1723
    ns $host nft delete table ip mute
  done >/dev/null 2>&1
}

watch_pptp
pptp_server srv
dial first
end_processes KILL srv
for host in c1 c2; do check noticed-$host waitfor 5 gone $host; done
pptp_server srv
dial redialled
mute
end_processes KILL $MUTED
pptp_server srv
dial after-silence
for host in c1 c2; do check from-server-$host ping_all srv "$(inner after-silence-$host)" 5; done
check nothing-foreign nothing_foreign
PASSED="$PASSED; Call IDs outside: $(asked_ids outside)"
verdict
