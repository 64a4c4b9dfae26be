#!/bin/sh
# Runs in network and mount namespaces of its own (unshare -n -m), so that nothing is left behind.
#
#   inside host (a)                gateway                outside host (b)
#   natlan 192.168.77.11  ----->  two TUN devices  ----->  natwan 203.0.113.10
#
# The gateway makes the two devices; then each is moved to the host that is to use it.
# Environment: JAVA, JAR; the arguments name what to do after the set-up.
set -eu
say() { echo "$@" >&2; }
fail() { say "FAILED: $*"; kill -KILL "$gateway" 2>/dev/null || true; exit 9; }
wait_for() { # up to ten seconds for a condition
  tries=0
  until "$@" >/dev/null 2>&1; do tries=$((tries + 1)); [ $tries -lt 200 ] || fail "waited for: $*"; sleep 0.05; done
}
mount -t tmpfs tmpfs /run
ip netns add a; ip netns add b
for n in a b; do ip netns exec $n sh -c 'for f in /proc/sys/net/ipv6/conf/*/disable_ipv6; do echo 1 >$f; done' 2>/dev/null || true; done
# A shell has its background jobs ignore INT, and what is ignored from the start stays so in a JVM.
env --default-signal=INT "$JAVA" -jar "$JAR" run --inside-tun natlan --outside-tun natwan --json \
  --inside-net 192.168.77.0/24 --public 203.0.113.1 --forward tcp:8080=192.168.77.11:80 &
gateway=$!
wait_for ip link show natlan; wait_for ip link show natwan
ip link set natlan netns a; ip link set natwan netns b
ip -n a addr add 192.168.77.11/24 dev natlan; ip -n a link set natlan up; ip -n a route add default dev natlan
ip -n b addr add 203.0.113.10/24 dev natwan; ip -n b link set natwan up
ping_out() { ip netns exec a ping -c 3 -i 0.2 -W 5 203.0.113.10; }
for action in "$@"; do
  case $action in
    ping) ping_out >&2 || fail "no answer through the gateway";;
    flap) ip -n b link set natwan down
          ip netns exec a ping -c 1 -W 1 203.0.113.10 >&2 && fail "an answer through a device that is down"
          ip -n b link set natwan up;;
    report) kill -USR1 $gateway;;
    term) kill -TERM $gateway;;
    int) kill -INT $gateway;;
    delete) ip -n b link del natwan;;
  esac
done
code=0; wait $gateway || code=$?
exit $code
