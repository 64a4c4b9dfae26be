# Hosts with a kernel of their own, which has PPP and MPPE: User-Mode Linux (Debian's user-mode-linux). Such a host takes the
# place of a namespace's own IP stack while the case runs: the same addresses and the same hardware address, by a TAP device
# that is bridged to eth0. Source after lib.sh.
need linux.uml modprobe
[ -d /usr/lib/uml/modules ] || skip "missing the modules of User-Mode Linux"
UML_PPP=ppp_generic,ppp_async,ppp_deflate,ppp_mppe
UML_SECONDS=120 # ends by itself after these
declare -A UML_PROCESS

# uml_start HOST MODULES: boots in the background
uml_start() {
  local host=$1 modules=$2 dir=$CASE_DIR/uml-$1
  mkdir -p "$dir"
  ns "$host" cat /sys/class/net/eth0/address >"$dir/mac"
  ns "$host" ip -o -4 addr show dev eth0 | awk '{ print $4 }' >"$dir/addresses"
  ns "$host" ip -4 route show | grep -v 'proto kernel' >"$dir/routes"
  ns "$host" ip addr flush dev eth0
  ns "$host" ip link set eth0 address 02:55:4d:00:00:01
  ns "$host" ip tuntap add dev tapu mode tap
  ns "$host" ip link add bru type bridge
  for port in eth0 tapu; do ns "$host" ip link set $port master bru; done
  for device in bru tapu; do ns "$host" ip link set $device up; done
  (
    cd "$dir" && TMPDIR=$LAB_TMP HOME=$LAB_TMP exec ip netns exec "$LAB_PFX$host" "$PYTHON" "$TOOLS/uml.py" linux.uml umid=$LAB_PFX$host-$$ mem=192M \
      GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX,-AVX2,-AVX512F,-AVX512VL,-AVX512BW,-AVX_Fast_Unaligned_Load,-XSAVEC,-XSAVE OPENSSL_ia32cap=~0x1400000000000000:~0xffffffff rootfstype=hostfs rootflags=/ ro init="$TOOLS/uml-init.sh" con=null con0=null,fd:1 quiet panic=-1 \
      vec0:transport=tap,ifname=tapu,mac="$(cat "$dir/mac")",depth=64 lab_name=$host \
      lab_modules=$modules lab_seconds=$UML_SECONDS lab_out="$dir"
  ) >"$dir/console" 2>&1 </dev/null &
  UML_PROCESS[$host]=$!
  echo 0 >"$dir/number"
  trap uml_end EXIT
}

# uml_up HOST...: waits until all have booted
uml_up() {
  local host
  for host; do waitfor 40 test -e "$CASE_DIR/uml-$host/up" || fail "$host does not boot: $(tail -1 "$CASE_DIR/uml-$host/console")"; done
}

# uml_do HOST SHELL-TEXT: runs it there, prints what it printed, returns its status
uml_do() {
  local host=$1 dir=$CASE_DIR/uml-$1 number
  number=$(($(cat "$dir/number") + 1))
  echo $number >"$dir/number"
  echo "$2" >"$dir/command"
  mv "$dir/command" "$dir/command.$number"
  waitfor 40 test -e "$dir/status.$number" || { echo "$host does not answer"; return 1; }
  cat "$dir/output.$number"
  return "$(cat "$dir/status.$number")"
}

# uml_end: stops them, and their namespaces have their own IP stack again
uml_end() {
  local host dir
  for host in "${!UML_PROCESS[@]}"; do : >"$CASE_DIR/uml-$host/stop"; done
  for host in "${!UML_PROCESS[@]}"; do
    waitfor 4 test ! -d /proc/${UML_PROCESS[$host]} || end_processes KILL $host
    dir=$CASE_DIR/uml-$host
    for device in tapu bru; do ns $host ip link del $device; done
    ns $host ip link set eth0 address "$(cat "$dir/mac")"
    for address in $(cat "$dir/addresses"); do ns $host ip addr add $address dev eth0; done
    while read -r route; do ns $host ip route replace $route; done <"$dir/routes"
  done
}
