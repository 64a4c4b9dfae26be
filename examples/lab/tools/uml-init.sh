#!/bin/sh
# The first process on User-Mode Linux: its root is the machine's own by hostfs, read-only; what is written lives in memory.
# The kernel's command line brings lab_name, lab_modules (a,b), lab_seconds to live, and lab_out, a directory of the machine that is
# /run/out here: with files `addresses` and `routes`, and command.1, command.2 and so on, which it runs one after another.
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/run
mount -t proc proc /proc
mount -t sysfs sys /sys
for word in $(cat /proc/cmdline); do
  case $word in lab_*=*) eval "$word" ;; esac
done
mount -t tmpfs tmpfs /run
mount -t tmpfs tmpfs /mnt
mkdir -p /run/out /run/lock
mount -t hostfs none /run/out -o "$lab_out"
exec >/run/out/init.log 2>&1

mount -t devtmpfs dev /dev 2>/dev/null
mkdir -p /dev/pts /dev/net
mount -t devpts devpts /dev/pts -o ptmxmode=666
cp -a /etc /mnt/etc
mount --bind /mnt/etc /etc
mkdir -p /mnt/log /mnt/modules
mount --bind /mnt/log /var/log

ln -s /usr/lib/uml /mnt/modules/lib
printf '#!/bin/sh\nexec modprobe -d /mnt/modules "$@"\n' >/mnt/modprobe
chmod +x /mnt/modprobe
echo /mnt/modprobe >/proc/sys/kernel/modprobe
for module in $(echo "$lab_modules" | tr , ' '); do /mnt/modprobe "$module"; done
[ -e /dev/ppp ] || mknod /dev/ppp c 108 0

hostname "$lab_name"
sysctl -qw net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.default.rp_filter=0
ip link set lo up
ip link set vec0 up
while read -r address; do ip addr add "$address" dev vec0; done </run/out/addresses
sed 's/ dev eth0//' /run/out/routes | while read -r route; do ip route add $route; done

cd /run
number=1
: >/run/out/up
while [ ! -e /run/out/stop ] && [ "$(cut -d. -f1 /proc/uptime)" -lt "$lab_seconds" ]; do
  if [ -e /run/out/command.$number ]; then
    sh /run/out/command.$number >/run/out/output.$number 2>&1 </dev/null
    echo $? >/run/out/status
    mv /run/out/status /run/out/status.$number
    number=$((number + 1))
  else
    sleep 0.05
  fi
done
poweroff -f
exec sleep 5
