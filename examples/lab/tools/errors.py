#!/usr/bin/python3
"""ICMP errors as the sockets of the lab's hosts see them, one sub-command each. Exit 0 and one line when all is as it should
be, else 1.

An error is right if the kernel gives it to the socket whose packet it is about, if its type, code, MTU and sender are the
expected ones, and if what it quotes is the packet as the socket's host sent it: addresses, ports, bytes and checksums."""
import errno
import os
import select
import socket
import struct
import time

from traffic import DISCOVER, DO_DISCOVER, DONT_DISCOVER, checksum, connected, main, received, verdict

RECVERR, MTU = 11, 14  # IP_RECVERR, IP_MTU
MSG_ERRQUEUE = 0x2000
FRAG_NEEDED = (3, 4)
ANSWER_TIME = 2.0


class Trap:
    """A connected UDP socket that remembers what ICMP errors it gets, and a raw one that sees them whole."""

    def __init__(self, one, peer):
        self.socket, self.peer = one, peer
        one.connect(peer)
        one.setsockopt(socket.IPPROTO_IP, RECVERR, 1)
        self.own = one.getsockname()
        self.raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)

    def provoke(self, size, whole, ttl):
        """Sends one datagram; the error that comes of it, or None."""
        self.socket.setsockopt(socket.IPPROTO_IP, DISCOVER, DO_DISCOVER if whole else DONT_DISCOVER)
        if ttl:
            self.socket.setsockopt(socket.IPPROTO_IP, socket.IP_TTL, ttl)
        data = os.urandom(size)
        self.socket.send(data)
        if not self.wait():
            return None
        return Seen(self, data)

    def wait(self):
        poll = select.poll()
        poll.register(self.socket, 0)  # errors are reported without asking
        return poll.poll(ANSWER_TIME * 1000)


class Seen:
    """One error from the queue of a trap's socket, with the packet that it came in."""

    def __init__(self, trap, sent):
        _data, control, _flags, _peer = trap.socket.recvmsg(70000, 512, MSG_ERRQUEUE)
        report = control[0][2]
        self.errno, _origin, self.type, self.code, self.mtu = struct.unpack_from('=IBBBxI', report)
        self.sender = socket.inet_ntoa(report[20:24])
        self.fault = quote_fault(trap, sent, trap.raw)

    def __str__(self):
        name = errno.errorcode[self.errno]
        mtu = ' mtu %d' % self.mtu if (self.type, self.code) == FRAG_NEEDED else ''
        return '%s by %d/%d from %s%s' % (name, self.type, self.code, self.sender, mtu)


def quote_fault(trap, sent, raw):
    """What is wrong with the ICMP message behind an error, or the empty text."""
    raw.settimeout(1)
    packet = received(raw)[0]
    while packet and packet[20] not in (3, 11, 12):
        packet = received(raw)[0]
    if not packet:
        return 'no ICMP message'
    if checksum(packet[20:]):
        return 'wrong ICMP checksum'
    inner = packet[28:]
    length = struct.unpack_from('!H', inner, 2)[0]
    source, target = socket.inet_ntoa(inner[12:16]), socket.inet_ntoa(inner[16:20])
    ports = struct.unpack_from('!HH', inner, 20)
    if ((source, ports[0]), (target, ports[1])) != (trap.own, trap.peer):
        return 'quotes %s:%d to %s:%d' % (source, ports[0], target, ports[1])
    if inner[0] != 0x45 or checksum(inner[:20]):
        return 'wrong header checksum in the quote'
    if length != 28 + len(sent) or not sent.startswith(inner[28:28 + len(sent)]):
        return 'quotes other bytes'
    pseudo = inner[12:20] + struct.pack('!BBH', 0, socket.IPPROTO_UDP, length - 20)
    if len(inner) >= length and checksum(pseudo + inner[20:length]):
        return 'wrong UDP checksum in the quote'
    return ''


def judge(a, trap):
    seen = trap.provoke(a.size, a.whole, a.ttl)
    if not seen:
        verdict(False, 'no error came')
    learned = trap.socket.getsockopt(socket.IPPROTO_IP, MTU)
    good = (seen.type, seen.code, seen.sender) == (a.type, a.code, a.sender) and seen.mtu == a.mtu and not seen.fault
    if a.mtu and learned != a.mtu:
        seen.fault, good = 'path MTU is %d' % learned, False
    verdict(good, '%s%s' % (seen, '; ' + seen.fault if seen.fault else ''))


def out(a):
    """A datagram to HOST must come to the error TYPE/CODE from SENDER."""
    one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    one.bind(('', a.sport))
    judge(a, Trap(one, (a.host, a.port)))


def back(a):
    """Waits for a datagram on PORT, and then for its socket to be gone; the answer must come to the error TYPE/CODE from
    SENDER."""
    one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    one.bind((a.address, a.port))
    one.settimeout(5)
    print('serving', flush=True)
    peer = received(one)[1]
    time.sleep(0.3)
    judge(a, Trap(one, peer))


def connect(a):
    """A connection attempt must fail with the error of that NAME at once, and not because the time is over."""
    try:
        connected(a.host, a.port, 0, ANSWER_TIME)
    except OSError as error:
        name = errno.errorcode.get(error.errno, str(error))
        verdict(name == a.name, name)
    verdict(False, 'connected')


main(__doc__, {
    'out': (out, 'host port:int type:int code:int sender --sport:int --size:int --ttl:int --mtu:int --whole'),
    'back': (back, 'address port:int type:int code:int sender --size:int --ttl:int --mtu:int --whole'),
    'connect': (connect, 'host port:int name'),
})
