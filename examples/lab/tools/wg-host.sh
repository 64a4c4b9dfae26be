#!/bin/sh
# One WireGuard host in the current network namespace, in user space. Needs a /run of its own.
# usage: wg-host.sh ADDRESS LISTEN-PORT KEYFILE { PEER-KEY ALLOWED-IPS ENDPOINT|- KEEPALIVE-SECONDS } ...
address=$1 port=$2 key=$3
shift 3
WG_PROCESS_FOREGROUND=1 LOG_LEVEL=error wireguard-go wg0 &
daemon=$!
tries=0
while [ ! -S /run/wireguard/wg0.sock ] && [ $tries -lt 50 ]; do
  sleep .1
  tries=$((tries + 1))
done
# The device is up before its peers are known: a first handshake must not meet a closed port.
ip addr add "$address/24" dev wg0
ip link set wg0 mtu 1420 up
wg set wg0 private-key "$key" listen-port "$port"
while [ $# -ge 4 ]; do
  endpoint=
  [ "$3" = - ] || endpoint="endpoint $3"
  wg set wg0 peer "$1" allowed-ips "$2" persistent-keepalive "$4" $endpoint
  shift 4
done
echo ready
wait $daemon
