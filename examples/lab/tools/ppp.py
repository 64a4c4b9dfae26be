#!/usr/bin/python3
"""A small PPP in user space, where the kernel has none: it takes pppd's place below pptp and pptpd. It speaks LCP and IPCP
(RFC 1661, 1332) in asynchronous HDLC framing (RFC 1662) and brings IPv4 to a TUN device, ppp0, ppp1 and so on. No
authentication, no compression.

usage: ppp.py -- COMMAND...               runs COMMAND and speaks with it, as `pppd pty COMMAND`; asks for an address
       ppp.py ... LOCAL:REMOTE ...        as pptpd starts its pppd: on standard input; gives out REMOTE
Environment: PPP_LOG, a file to append to; PPP_MTU (1400). The log says `up LOCAL REMOTE DEVICE`, `foreign` for each packet
of somebody else's tunnel, `wrong` for each frame with a wrong check sequence, and at the end the numbers. TERM ends the link
with a Terminate-Request."""
import fcntl
import os
import select
import signal
import socket
import struct
import subprocess
import sys
import time
import tty

TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454ca, 1, 0x1000
IP, IPCP, LCP, PROTOCOL_REJECT = 0x0021, 0x8021, 0xc021, 8
REQUEST, ACK, NAK, REJECT, TERMINATE, TERMINATED, ECHO, ECHO_REPLY = 1, 2, 3, 4, 5, 6, 9, 10
MRU, ACCM, MAGIC, ADDRESS = 1, 2, 5, 3
KNOWN = {LCP: (MRU, ACCM, MAGIC), IPCP: (ADDRESS,)}
RESEND = 0.5  # seconds between Configure-Requests


def check_table():
    table = []
    for value in range(256):
        for _ in range(8):
            value = (value >> 1) ^ 0x8408 if value & 1 else value >> 1
        table.append(value)
    return table


TABLE = check_table()
ESCAPED = [bytes((0x7d, c ^ 0x20)) if c < 0x20 or c in (0x7d, 0x7e) else bytes((c,)) for c in range(256)]


def check_sequence(data):
    value = 0xffff
    for c in data:
        value = (value >> 8) ^ TABLE[(value ^ c) & 255]
    return value


def framed(protocol, data):
    body = struct.pack('>HH', 0xff03, protocol) + data
    body += struct.pack('<H', check_sequence(body) ^ 0xffff)
    return b'\x7e' + b''.join(ESCAPED[c] for c in body) + b'\x7e'


def unescaped(frame):
    parts = frame.split(b'\x7d')
    return parts[0] + b''.join(bytes((part[0] ^ 0x20,)) + part[1:] for part in parts[1:] if part)


def options_of(data):
    while len(data) >= 2 and 2 <= data[1] <= len(data):
        yield data[0], data[:data[1]]
        data = data[data[1]:]


class Link:
    def __init__(self, wire, log, mtu, local, remote):
        self.wire, self.log, self.mtu = wire, log, mtu
        self.local, self.remote = local, remote  # addresses; None as long as the peer has not said it
        self.gives = remote is not None
        self.tun, self.device, self.rest = None, None, b''
        self.number, self.magic = {LCP: 1, IPCP: 1}, os.urandom(4)
        self.done = {LCP: set(), IPCP: set()}  # 'mine' when our request was acknowledged, 'theirs' when we did that
        self.next_request, self.asked_to_end, self.ends = 0.0, False, None
        self.count = dict.fromkeys(('in', 'out', 'foreign', 'wrong'), 0)

    def say(self, text):
        self.log.write(text + '\n')

    def send(self, protocol, data):
        frame = framed(protocol, data)
        while frame:
            frame = frame[os.write(self.wire, frame):]

    def control(self, protocol, code, number, data=b''):
        self.send(protocol, struct.pack('>BBH', code, number, 4 + len(data)) + data)

    def request(self, protocol):
        if protocol == LCP:
            options = struct.pack('>BBH', MRU, 4, self.mtu) + bytes((MAGIC, 6)) + self.magic
        else:
            options = bytes((ADDRESS, 6)) + socket.inet_aton(self.local or '0.0.0.0')
        self.control(protocol, REQUEST, self.number[protocol], options)

    def open(self, protocol):
        return len(self.done[protocol]) == 2

    def tick(self, now):
        if self.asked_to_end and not self.ends:
            self.control(LCP, TERMINATE, 0)
            self.ends = now + 1
        if self.ends or self.open(IPCP) or now < self.next_request:
            return
        self.next_request = now + RESEND
        self.request(IPCP if self.open(LCP) else LCP)

    def answer(self, protocol, number, data):
        """Configure-Request: rejected where unknown, else an address to use instead, else acknowledged."""
        unknown = b''.join(text for kind, text in options_of(data) if kind not in KNOWN[protocol])
        if unknown:
            return self.control(protocol, REJECT, number, unknown)
        for kind, text in options_of(data):
            if protocol == IPCP and kind == ADDRESS:
                asked = socket.inet_ntoa(text[2:6])
                if self.gives and asked != self.remote:
                    return self.control(protocol, NAK, number, text[:2] + socket.inet_aton(self.remote))
                self.remote = asked
        self.control(protocol, ACK, number, data)
        self.done[protocol].add('theirs')

    def negotiate(self, protocol, packet):
        code, number, length = struct.unpack_from('>BBH', packet)
        data = packet[4:length]
        if code == REQUEST:
            self.answer(protocol, number, data)
        elif code == ACK and number == self.number[protocol]:
            self.done[protocol].add('mine')
            self.next_request = 0.0
        elif code == NAK and protocol == IPCP and not self.gives:
            self.local = socket.inet_ntoa(data[2:6])
            self.number[IPCP] = number + 1
            self.request(IPCP)
        elif code == ECHO and protocol == LCP:
            self.control(LCP, ECHO_REPLY, number, self.magic)
        elif code == TERMINATE:
            self.control(protocol, TERMINATED, number)
            self.ends = self.ends or time.time() + 0.2
        elif code == TERMINATED and self.ends:
            self.ends = 0.1
        if self.open(IPCP) and self.tun is None:
            self.attach()

    def attach(self):
        self.tun = os.open('/dev/net/tun', os.O_RDWR)
        name = fcntl.ioctl(self.tun, TUNSETIFF, struct.pack('16sH22x', b'ppp%d', IFF_TUN | IFF_NO_PI))[:16].rstrip(b'\0').decode()
        for words in ('addr add %s peer %s dev %s' % (self.local, self.remote, name), 'link set %s mtu %d up' % (name, self.mtu)):
            subprocess.run(['ip', *words.split()], check=True)
        self.device = name
        self.say('up %s %s %s' % (self.local, self.remote, name))

    def take(self, frame):
        if len(frame) < 6:
            return
        if check_sequence(frame) != 0xf0b8:
            self.count['wrong'] += 1
            return self.say('wrong check sequence')
        if frame[:2] == b'\xff\x03':
            frame = frame[2:]
        protocol, packet = struct.unpack_from('>H', frame)[0], frame[2:-2]
        if protocol == IP and self.tun is not None:
            mine = packet[16:20] == socket.inet_aton(self.local) and packet[12:16] == socket.inet_aton(self.remote)
            self.count['in' if mine else 'foreign'] += 1
            if mine:
                os.write(self.tun, packet)
            else:
                self.say('foreign %s' % packet[12:20].hex())
        elif protocol in self.done and len(packet) >= 4:
            self.negotiate(protocol, packet)
        elif protocol != IP:
            self.control(LCP, PROTOCOL_REJECT, 1, struct.pack('>H', protocol) + packet[:100])

    def read_wire(self):
        data = os.read(self.wire, 65536)
        if not data:
            raise EOFError
        *frames, self.rest = (self.rest + data).split(b'\x7e')
        for frame in frames:
            self.take(unescaped(frame))

    def read_tun(self):
        self.send(IP, os.read(self.tun, 65536))
        self.count['out'] += 1

    def end(self, *_):
        self.asked_to_end = True

    def run(self):
        while not self.ends or time.time() < self.ends:
            self.tick(time.time())
            readable = select.select([self.wire] + ([] if self.tun is None else [self.tun]), [], [], 0.1)[0]
            if self.wire in readable:
                self.read_wire()
            if self.tun in readable:
                self.read_tun()


def piped(command):
    mine, other = socket.socketpair()
    if os.fork() == 0:
        os.dup2(other.fileno(), 0)
        os.dup2(other.fileno(), 1)
        mine.close()
        os.execvp(command[0], command)
    other.close()
    return mine


def main():
    words = sys.argv[1:]
    if '--' in words:
        pipe = piped(words[words.index('--') + 1:])
        wire, local, remote = pipe.fileno(), None, None
    else:
        wire = 0
        tty.setraw(wire)
        local, remote = next(word for word in words if word.count(':') == 1 and word.count('.') == 6).split(':')
    log = open(os.environ['PPP_LOG'], 'a', buffering=1)
    link = Link(wire, log, int(os.environ.get('PPP_MTU', 1400)), local, remote)
    for wanted in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(wanted, link.end)
    try:
        link.run()
    except (EOFError, OSError) as cut:
        link.say('cut off %s' % cut)
    finally:
        link.say('ended ' + ' '.join('%s=%d' % item for item in link.count.items()))


main()
