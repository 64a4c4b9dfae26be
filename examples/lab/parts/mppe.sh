# PPTP as people run it: pppd with MS-CHAPv2 and MPPE of 128 bits over pptp and pptpd, on User-Mode Linux. Both are broken for
# long (anybody who listens can read it): a NAT must carry them, nobody should choose them. Source after parts/uml.sh.
need pppd pptp pptpd
EQUAL_ID=4660 # the Call ID of every client that shall have the same one
MPPE_SERVER=10.9.0.1
MPPE_PASSWORD=$(od -An -tx1 -N8 /dev/urandom | tr -d ' \n')
MPPE_OPTIONS="noipv6 nobsdcomp nodeflate mtu 1400 mru 1400 lcp-echo-interval 5 lcp-echo-failure 4 debug"

# mppe_server HOST
mppe_server() {
  uml_do "$1" "cat >/etc/ppp/pptpd-options <<X
name lab
refuse-pap
refuse-chap
refuse-mschap
require-mschap-v2
require-mppe-128
nodefaultroute
lock
nologfd
logfile /run/out/pppd.log
$(printf '%s\n' $MPPE_OPTIONS | paste -sd' ' | sed 's/ \([a-z]\)/\n\1/g')
X
    umask 077
    echo '* * $MPPE_PASSWORD *' >/etc/ppp/chap-secrets
    printf 'option /etc/ppp/pptpd-options\nlocalip 10.9.0.1\nremoteip 10.9.0.11-40\n' >/etc/pptpd.conf
    setsid pptpd -f -c /etc/pptpd.conf >/run/out/pptpd.log 2>&1 &
    i=0; while [ \$i -lt 50 ]; do ss -lnt | grep -q :1723 && exit 0; sleep .1; i=\$((i + 1)); done; exit 1" ||
    fail "pptpd does not listen on $1"
}

# mppe_client HOST CALL-ID SERVER: dials, waits for its address, and until the other end is ready too; see pptp_client of
# parts/pptp.sh for the Call ID
mppe_client() {
  uml_do "$1" "
    if [ ! -e /run/id ]; then
      $PYTHON -c 'open(\"/run/id\", \"wb\").write(($2).to_bytes(2, \"little\") * 99)'
      mount --bind /run/id /dev/random && mount --bind /run/id /dev/urandom
    fi
    setsid pppd pty 'pptp $3 --nolaunchpppd --nohostroute' nodetach noauth user \$(hostname) password $MPPE_PASSWORD \
      require-mppe-128 noipdefault nodefaultroute $MPPE_OPTIONS logfile /run/out/pppd.log >/run/out/pppd.out 2>&1 &
    echo \$! >/run/pppd.pid
    i=0; while [ \$i -lt 60 ]; do ip -4 -br addr show ppp0 2>/dev/null | grep -q 10.9 && break; sleep .1; i=\$((i + 1)); done
    grep -q 'MPPE 128-bit' /run/out/pppd.log || { echo \"no MPPE: \$(tail -1 /run/out/pppd.log)\"; exit 1; }
    ip -4 -br addr show ppp0 | awk '{ print \$3 }' | grep 10.9 || exit 1
    i=0; until ping -q -c 1 -W 1 $MPPE_SERVER >/dev/null; do [ \$i -lt 8 ] || { echo up, but no answer; exit 1; }; sleep .2; i=\$((i + 1)); done"
}

# mppe_leave HOST: the client hangs up and has done so
mppe_leave() {
  uml_do "$1" 'pid=$(cat /run/pppd.pid); kill $pid; i=0
    while [ $i -lt 60 ] && [ -d /proc/$pid ]; do sleep .1; i=$((i + 1)); done; [ ! -d /proc/$pid ]'
}

# mppe_ping HOST ADDRESS [OPTION...]: every echo must be answered; ping waits for the last one as long as its interval is
mppe_ping() {
  local host=$1 address=$2
  shift 2
  uml_do "$host" "ping -q -c 8 -i .25 -W 2 $* $address | grep loss | grep ' 0% '"
}
