#!/usr/bin/python3
"""The kernel's NAT between two TUN devices: a box of its own, with a TUN device `br0` and one `wan`, whose other ends are
joined to TUN_LAN and TUN_WAN of the namespace that this is run in. Environment as parts/gateway.sh sets it.

usage: kernel_box.py NFTABLES-RULES"""
import ctypes
import fcntl
import os
import select
import signal
import struct
import subprocess
import sys

TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454ca, 1, 0x1000
CLONE_NEWNET = 0x40000000

SETUP = """
ip link set lo up
ip link set br0 up
ip link set wan up
ip addr add {PUBLIC_ADDR}/32 dev wan
ip route add {INSIDE_NET} dev br0
ip route add default dev wan
sysctl -qw net.ipv4.ip_forward=1 net.ipv4.icmp_ratelimit=0 net.ipv4.icmp_msgs_per_sec=100000 net.ipv4.ipfrag_time=5
sysctl -qw net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.all.send_redirects=0 net.ipv4.conf.br0.send_redirects=0
"""


def tun(name):
    device = os.open('/dev/net/tun', os.O_RDWR)
    fcntl.ioctl(device, TUNSETIFF, struct.pack('16sH22x', name.encode(), IFF_TUN | IFF_NO_PI))
    return device


def enter_new_namespace():
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), 'unshare')


def set_up(rules):
    for line in SETUP.format(**os.environ).strip().splitlines():
        subprocess.run(line.split(), check=True)
    subprocess.run(['nft', rules], check=True)


def relay(ways):
    poll = select.poll()
    for device in ways:
        poll.register(device, select.POLLIN)
    while True:
        for device, _event in poll.poll():
            os.write(ways[device], os.read(device, 65536))


def main():
    for wanted in (signal.SIGTERM, signal.SIGINT):
        signal.signal(wanted, lambda *_: sys.exit(0))
    lan, wan = tun(os.environ['TUN_LAN']), tun(os.environ['TUN_WAN'])
    enter_new_namespace()
    inside, outside = tun('br0'), tun('wan')
    set_up(sys.argv[1])
    relay({lan: inside, inside: lan, wan: outside, outside: wan})


main()
