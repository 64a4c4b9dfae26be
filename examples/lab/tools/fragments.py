#!/usr/bin/python3
"""Datagrams and pings as IP fragments made by hand: in orders, sizes and numbers that no kernel sends. One sub-command each.
Exit 0 and one line when all is as it should be, else 1."""
import ctypes
import os
import random
import socket
import struct
import time

from traffic import checksum, datagram_socket, main, received, verdict

MORE = 0x2000
STEP = 1480  # payload of a fragment on a link of 1500 bytes
ECHO_REQUEST, ECHO_REPLY = 8, 0

ORDERS = {
    'in-order': lambda parts: parts,
    'reversed': lambda parts: parts[::-1],
    'shuffled': lambda parts: random.Random(1).sample(parts, len(parts)),
    'last-first': lambda parts: parts[-1:] + parts[:-1],
    'doubled': lambda parts: [part for part in parts for _ in range(2)] if len(parts) > 1 else parts,
}


def udp_segment(source, target, data, zero_checksum=False):
    """A UDP header and its data, between two (address, port) pairs."""
    length = 8 + len(data)
    pseudo = socket.inet_aton(source[0]) + socket.inet_aton(target[0]) + struct.pack('!BBH', 0, socket.IPPROTO_UDP, length)
    ports = struct.pack('!HHH', source[1], target[1], length)
    value = 0 if zero_checksum else checksum(pseudo + ports + b'\0\0' + data) or 0xffff
    return ports + struct.pack('!H', value) + data


def packet(source, target, protocol, ident, offset, more, data):
    """One IPv4 packet; the kernel fills in the header checksum."""
    return struct.pack('!BBHHHBBH4s4s', 0x45, 0, 20 + len(data), ident, (MORE if more else 0) | offset // 8, 64, protocol, 0,
                       socket.inet_aton(source), socket.inet_aton(target)) + data


def fragments(source, target, protocol, ident, data, step=STEP):
    return [packet(source, target, protocol, ident, at, at + step < len(data), data[at:at + step])
            for at in range(0, len(data), step)]


def new_ident():
    return random.SystemRandom().randrange(1, 1 << 16)


class Sender:
    """A UDP socket towards `peer`, its raw twin for the fragments, and the datagrams whose echo is still to come."""

    def __init__(self, peer, port=0):
        self.peer = peer
        self.socket = datagram_socket(port)
        self.raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
        route = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        route.connect(peer)
        self.own = (route.getsockname()[0], self.socket.getsockname()[1])
        self.expected = []

    def fragments(self, size, ident=0, step=STEP, zero_checksum=False):
        """The fragments of a fresh datagram of `size` bytes."""
        data = os.urandom(size)
        self.expected.append(data)
        return self.cut(udp_segment(self.own, self.peer, data, zero_checksum), ident, step)

    def cut(self, segment, ident=0, step=STEP):
        return fragments(self.own[0], self.peer[0], socket.IPPROTO_UDP, ident or new_ident(), segment, step)

    def send(self, parts, pause=0.0):
        for part in parts:
            self.raw.sendto(part, (self.peer[0], 0))
            time.sleep(pause)

    def echoed(self, seconds=2.0):
        """How many of the datagrams that were sent come back as they were."""
        sent = len(self.expected)
        self.socket.settimeout(seconds)
        while self.expected:
            data, peer = received(self.socket)
            if not data:
                break
            if peer == self.peer and data in self.expected:
                self.expected.remove(data)
        return sent - len(self.expected)


def echo(a):
    """COUNT datagrams of SIZE bytes, each as fragments in ORDER; every one must come back. Nothing else is sent from that
    port: the first packet of the flow is a fragment, with `reversed` the last one."""
    sender = Sender((a.host, a.port))
    for _ in range(a.count):
        sender.send(ORDERS[a.order](sender.fragments(a.size, step=a.step, zero_checksum=a.zero_checksum)), a.pause)
    good = sender.echoed()
    verdict(good == a.count, '%s: %d/%d echoed' % (a.order, good, a.count))


def mixed(a):
    """Two datagrams of one flow at the same time, fragment by fragment, one of them in reverse."""
    sender = Sender((a.host, a.port))
    one, other = sender.fragments(4000), sender.fragments(4000)
    sender.send([part for pair in zip(one[::-1], other) for part in pair])
    good = sender.echoed()
    verdict(good == 2, '%d/2 echoed' % good)


def enter(namespace):
    with open('/var/run/netns/' + namespace) as file:
        if ctypes.CDLL(None, use_errno=True).setns(file.fileno(), 0):
            raise OSError(ctypes.get_errno(), 'setns ' + namespace)


def together(a):
    """One datagram from each of NAMESPACES at the same time, fragment by fragment, all with one source port and one IP
    identification: on the outside only the identification can tell them apart. COUNT times."""
    senders = []
    for namespace in a.namespaces:
        enter(namespace)
        senders.append(Sender((a.host, a.port), 6800))
    good = 0
    for number in range(a.count):
        parts = [sender.fragments(4400, ident=7 + number) for sender in senders]
        for turn in zip(*parts):
            for sender, part in zip(senders, turn):
                sender.send([part])
        good += sum(sender.echoed(1.0) for sender in senders)
    verdict(good == a.count * len(senders), '%d/%d echoed' % (good, a.count * len(senders)))


def overlapping(segment):
    """Parts of which each begins 8 bytes before the last one ends, with other bytes there."""
    parts = [(0, True, segment[:STEP])]
    for at in range(STEP - 8, len(segment), STEP - 8):
        parts.append((at, at + STEP < len(segment), b'overlaps' + segment[at + 8:at + STEP]))
    return parts


def missing(segment):
    return [(0, True, segment[:STEP]), (2 * STEP, False, segment[2 * STEP:])]


def too_long(segment):
    """Ends behind the largest datagram that there can be."""
    return [(0, True, segment[:STEP]), (65528, False, b'too long' * 3)]


def refused(a):
    """Datagrams that must not come through; the good one that follows each of them must."""
    sender = Sender((a.host, a.port))
    for bad in (overlapping, missing, too_long):
        segment, ident = udp_segment(sender.own, sender.peer, os.urandom(4000)), new_ident()
        sender.send([packet(sender.own[0], sender.peer[0], socket.IPPROTO_UDP, ident, *part) for part in bad(segment)])
        sender.send(sender.fragments(3000))
        good = sender.expected[0]
        if received(sender.socket)[0] != good:
            verdict(False, '%s: the good datagram behind it did not come back' % bad.__name__)
        sender.expected.clear()
    sender.socket.settimeout(0.3)
    late = received(sender.socket)[0]
    verdict(not late, 'no bad datagram came back' if not late else 'a bad datagram came back')


def lone(a):
    """COUNT last fragments of datagrams that never become whole. Says nothing about them; never fails."""
    sender = Sender((a.host, a.port))
    for ident in range(a.count):
        sender.send([packet(sender.own[0], a.host, socket.IPPROTO_UDP, ident & 0xffff, 2960, False, b'l' * 1200)])
    verdict(True, '%d lone fragments' % a.count)


def ping(a):
    """One ping of SIZE bytes, as fragments in ORDER."""
    sender, ident = Sender((a.host, 1)), new_ident()
    answers = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
    answers.settimeout(2)
    body = struct.pack('!HH', ident, 1) + os.urandom(a.size)
    request = struct.pack('!BBH', ECHO_REQUEST, 0, checksum(bytes((ECHO_REQUEST, 0, 0, 0)) + body)) + body
    sender.send(ORDERS[a.order](fragments(sender.own[0], a.host, socket.IPPROTO_ICMP, new_ident(), request, a.step)))
    answer = received(answers)[0]
    while answer and answer[20] != ECHO_REPLY:
        answer = received(answers)[0]
    verdict(answer[24:] == body, '%s: %s' % (a.order, 'answered' if answer else 'no answer'))


def answer(a):
    """A server at ADDRESS, PORT: every datagram comes back as fragments in ORDER; see echo_server.py for `?`."""
    raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_RAW)
    one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    one.bind((a.address, a.port))
    print('serving', flush=True)
    while True:
        data, peer = one.recvfrom(70000)
        data = ('%s:%d' % peer).encode() if data == b'?' else data
        segment = udp_segment((a.address, a.port), peer, data)
        for part in ORDERS[a.order](fragments(a.address, peer[0], socket.IPPROTO_UDP, new_ident(), segment)):
            raw.sendto(part, (peer[0], 0))


main(__doc__, {
    'echo': (echo, 'host port:int order size:int count:int --step:int --pause:float --zero-checksum'),
    'mixed': (mixed, 'host port:int'),
    'together': (together, 'host port:int count:int namespaces+'),
    'refused': (refused, 'host port:int'),
    'lone': (lone, 'host port:int count:int'),
    'ping': (ping, 'host order size:int --step:int'),
    'answer': (answer, 'address port:int order'),
})
