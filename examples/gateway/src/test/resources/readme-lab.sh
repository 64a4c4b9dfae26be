#!/bin/sh
# Carries out the ip commands of the README (file $1) to the letter, starts the gateway and pings through it. Runs in
# network and mount namespaces of its own: unshare -n -m. Environment: JAVA, JAR.
#
#   host a 192.168.77.11 --- br0 [ this namespace ] wan --- host b 203.0.113.254
set -eu
mount -t tmpfs tmpfs /run
ip netns add a; ip netns add b
ip link add br0 type veth peer name eth0 netns a
ip link add wan type veth peer name eth0 netns b
ip addr add 192.168.77.1/24 dev br0; ip link set br0 up
ip addr add 203.0.113.2/24 dev wan; ip link set wan up
ip -n a addr add 192.168.77.11/24 dev eth0; ip -n a link set eth0 up; ip -n a route add default via 192.168.77.1
ip -n b addr add 203.0.113.254/24 dev eth0; ip -n b link set eth0 up
sed -n '/^```sh/,/^```/p' "$1" | grep -v '^```' >/run/commands
sh -eux /run/commands >&2
"$JAVA" -jar "$JAR" run --inside-tun natlan --outside-tun natwan --json \
  --inside-net 192.168.77.0/24 --public 203.0.113.1 &
gateway=$!
tries=0
until ip link show natlan | grep -q LOWER_UP && ip link show natwan | grep -q LOWER_UP; do
  tries=$((tries + 1)); [ $tries -lt 200 ] || { echo "the gateway does not attach" >&2; exit 9; }
  sleep 0.05
done
code=0
ip netns exec a ping -c 3 -i 0.2 -W 5 203.0.113.254 >&2 || code=9
kill -TERM $gateway
wait $gateway || code=$?
exit $code
