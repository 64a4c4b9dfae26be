#!/usr/bin/python3
"""Traffic of the lab's hosts, one sub-command each (--help). Exit 0 and one line when all is as it should be, else 1."""
import argparse
import errno
import os
import socket
import struct
import sys
import threading
import time

SO_NO_CHECK = 11
DISCOVER, DO_DISCOVER, DONT_DISCOVER = 10, 2, 0  # IP_MTU_DISCOVER and two of its values
ABORT = struct.pack('ii', 1, 0)  # SO_LINGER of no time: close() sends RST


def verdict(good, text):
    print(text, flush=True)
    sys.exit(0 if good else 1)


def datagram_socket(port=0, seconds=2.0):
    one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    one.setsockopt(socket.IPPROTO_IP, DISCOVER, DONT_DISCOVER)
    one.bind(('', port))
    one.settimeout(seconds)
    return one


def connected(host, port, source=0, seconds=10.0):
    one = socket.socket()
    one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    one.settimeout(seconds)
    one.bind(('', source))
    one.connect((host, port))
    return one


def received(one, size=70000):
    """What arrives next and from whom; nothing and nobody when the time is over."""
    try:
        return one.recvfrom(size)
    except OSError:
        return b'', ('nobody', 0)


def ask_who(one, peer):
    """Our own address as the echo server at `peer` sees it."""
    for _ in range(3):
        one.sendto(b'?', peer)
        data, _sender = received(one)
        if data:
            return data.decode()
    return 'unseen'


def collect(one, size):
    """Reads `size` bytes, or what comes before the end or the timeout."""
    got = bytearray()
    while len(got) < size:
        data = one.recv(min(1 << 18, size - len(got)))
        if not data:
            break
        got += data
    return bytes(got)


def tcp(a):
    """Echo of BYTES bytes, both directions at once."""
    one = connected(a.host, a.port, a.sport)
    one.sendall(b'?')
    seen = one.recv(100).decode()
    data = os.urandom(min(a.bytes, 1 << 20)) * max(1, a.bytes >> 20)
    sender = threading.Thread(target=one.sendall, args=(data,), daemon=True)
    sender.start()
    got = collect(one, len(data))
    verdict(got == data, 'tcp echo %d/%d bytes, seen as %s' % (len(got), len(data), seen))


def udp(a):
    """COUNT datagrams of SIZE bytes, one after the other; every one must come back unchanged."""
    one = datagram_socket(a.sport)
    if a.zero_checksum:
        one.setsockopt(socket.SOL_SOCKET, SO_NO_CHECK, 1)
    if a.whole:
        one.setsockopt(socket.IPPROTO_IP, DISCOVER, DO_DISCOVER)
    peer = (a.host, a.port)
    seen, good = ask_who(one, peer), 0
    for number in range(a.count):
        data = struct.pack('!I', number) + os.urandom(a.size - 4)
        one.sendto(data, peer)
        good += received(one)[0] == data
        time.sleep(a.pause)
    verdict(good == a.count, 'udp echo %d/%d of %d bytes, seen as %s' % (good, a.count, a.size, seen))


def half_close(a):
    """Sends, closes its own direction, and must still get everything back."""
    one, size = connected(a.host, a.port), 100000
    one.sendall(b'x' * size)
    one.shutdown(socket.SHUT_WR)
    got = len(collect(one, size + 1))
    verdict(got == size, 'after the half close %d/%d bytes came back' % (got, size))


def closed(a):
    """A connection to a port where nobody listens: refused at once, by the server's RST."""
    began = time.time()
    try:
        connected(a.host, a.port, a.sport, 5)
    except ConnectionRefusedError:
        verdict(time.time() - began < 2, 'refused after %.1f s' % (time.time() - began))
    except OSError as error:
        verdict(False, 'not refused: %s' % error)
    verdict(False, 'connected to a closed port')


def abort(a):
    """TIMES connections one after the other from the same source port, each ended by our RST after an echo."""
    for number in range(a.times):
        one = connected(a.host, a.port, a.sport, 3)
        one.sendall(b'number %d' % number)
        if one.recv(100) != b'number %d' % number:
            verdict(False, 'connection %d: no echo' % number)
        one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, ABORT)
        one.close()
    verdict(True, '%d connections from one port, each ended by RST' % a.times)


def aborted(a):
    """A server that ends its first connection by RST. The client must see that (see `reset`)."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((a.host, a.port))
    listener.listen(1)
    print('serving', flush=True)
    one, _peer = listener.accept()
    one.recv(100)
    one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, ABORT)
    one.close()
    verdict(True, 'aborted')


def reset(a):
    """Connects to an `aborted` server and must see its RST."""
    one = connected(a.host, a.port, 0, 3)
    one.sendall(b'go')
    try:
        verdict(False, 'no RST but %r' % one.recv(100))
    except ConnectionResetError:
        verdict(True, 'RST of the server seen')
    except OSError as error:
        verdict(False, 'no RST but %s' % error)


def mapping(a):
    """The endpoint of one inside socket must be the same towards all HOSTS, on two ports each."""
    one = datagram_socket(a.sport)
    seen = [ask_who(one, (host, port)) for host in a.hosts for port in (a.port, a.port + 1)]
    different = sorted(set(seen))
    verdict(len(different) == 1 and 'unseen' not in different, ' '.join(different))


def tcp_mapping(a):
    """The same for TCP: connections from one source port to all HOSTS at once."""
    open_ones, seen = [], []
    for host in a.hosts:
        one = socket.socket()
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        one.settimeout(3)
        one.bind(('', a.sport))
        one.connect((host, a.port))
        one.sendall(b'?')
        seen.append(one.recv(100).decode())
        open_ones.append(one)
    different = sorted(set(seen))
    verdict(len(different) == 1, ' '.join(different))


def flows(a):
    """COUNT UDP sockets and COUNT TCP connections from ports FIRST and up, all open at the same time; each must get its
    own answers and nobody else's. Prints every endpoint that the server saw."""
    peer, name = (a.host, a.port), socket.gethostname() + str(os.getpid())
    streams = [connected(a.host, a.port, a.first + i) for i in range(a.count)]
    datagrams = [datagram_socket(a.first + i) for i in range(a.count)]
    for one in streams:
        one.sendall(b'?')
        print('tcp', one.recv(100).decode())
    for one in datagrams:
        print('udp', ask_who(one, peer))
    good = 0
    for round_ in range(3):
        texts = ['%s %d %d' % (name, round_, i) for i in range(a.count)]
        for one, other, text in zip(streams, datagrams, texts):
            one.sendall(text.encode())
            other.sendto(text.encode(), peer)
        for one, other, text in zip(streams, datagrams, texts):
            good += (one.recv(100) == text.encode()) + (received(other)[0] == text.encode())
    verdict(good == 6 * a.count, '%d/%d echoes of %d flows' % (good, 6 * a.count, 2 * a.count))


def asked(a):
    """Opens a mapping towards HOST and asks that server to send from address FROM, port FPORT; says whether it came."""
    one = datagram_socket(a.sport, 1.0)
    ask_who(one, (a.host, a.port))
    one.sendto(('!%s:%d hello' % (a.source, a.fport)).encode(), (a.host, a.port))
    data, sender = received(one)
    came = data == b'hello' and sender == (a.source, a.fport)
    verdict(came == (a.expect == 'passes'), 'from %s:%d: %s' % (a.source, a.fport, 'came' if came else 'did not come'))


def listen(a):
    """Opens a mapping towards HOST, prints its outside endpoint, then what arrives. With --then it sends one datagram to
    that host after half of the time: from then on that host may send too."""
    one = datagram_socket(a.sport, 0.2)
    print(ask_who(one, (a.host, a.port)), flush=True)
    began, told = time.time(), not a.then
    while time.time() - began < a.seconds:
        data, sender = received(one)
        if data:
            print('%s from %s:%d' % (data.decode(), *sender), flush=True)
        if not told and time.time() - began > a.seconds / 2:
            one.sendto(b'may come', (a.then, a.port))
            told = True
    verdict(True, 'done')


def send(a):
    """One datagram of TEXT; never fails."""
    datagram_socket(a.sport).sendto(a.text.encode(), (a.host, a.port))
    verdict(True, 'sent')


def silent(a):
    """A connection attempt that nobody may answer for SECONDS: neither SYN-ACK nor RST."""
    began = time.time()
    try:
        connected(a.host, a.port, a.sport, a.seconds)
    except socket.timeout:
        verdict(True, 'no answer in %.0f s' % (time.time() - began))
    except OSError as error:
        verdict(error.errno == errno.EHOSTUNREACH, 'answered: %s' % error)
    verdict(False, 'connected')


def simultaneous(a):
    """Connects from a fixed port to a fixed port again and again until the other end, which does the same, is there."""
    for _ in range(a.tries):
        try:
            one = connected(a.host, a.port, a.sport, 4)
        except OSError:
            time.sleep(0.1)
            continue
        one.sendall(b'from the other end')
        text = collect(one, 18)
        verdict(text == b'from the other end', 'open, got %r' % text)
    verdict(False, 'never connected')


COMMANDS = {
    'tcp': (tcp, 'host port:int bytes:int --sport:int'),
    'udp': (udp, 'host port:int size:int count:int --sport:int --pause:float --zero-checksum --whole'),
    'half-close': (half_close, 'host port:int'),
    'closed': (closed, 'host port:int --sport:int'),
    'abort': (abort, 'host port:int sport:int times:int'),
    'aborted': (aborted, 'host port:int'),
    'reset': (reset, 'host port:int'),
    'mapping': (mapping, 'port:int sport:int hosts+'),
    'tcp-mapping': (tcp_mapping, 'port:int sport:int hosts+'),
    'flows': (flows, 'host port:int first:int count:int'),
    'asked': (asked, 'host port:int sport:int source fport:int expect'),
    'listen': (listen, 'host port:int sport:int seconds:float --then'),
    'send': (send, 'host port:int text --sport:int'),
    'silent': (silent, 'host port:int seconds:float --sport:int'),
    'simultaneous': (simultaneous, 'host port:int --sport:int --tries:int'),
}
TYPES = {'int': int, 'float': float}
FLAGS = {'--zero-checksum', '--whole'}
DEFAULTS = {'--sport': 0, '--pause': 0.0, '--tries': 5}


def add_argument(parser, word):
    name, _, kind = word.partition(':')
    if name in FLAGS:
        parser.add_argument(name, action='store_true')
    elif name.startswith('--'):
        parser.add_argument(name, type=TYPES.get(kind, str), default=DEFAULTS.get(name))
    else:
        parser.add_argument(name.rstrip('+'), type=TYPES.get(kind, str), nargs='+' if name.endswith('+') else None)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(required=True)
    for name, (function, words) in COMMANDS.items():
        command = commands.add_parser(name, help=function.__doc__)
        for word in words.split():
            add_argument(command, word)
        command.set_defaults(function=function)
    arguments = parser.parse_args()
    try:
        arguments.function(arguments)
    except OSError as error:
        verdict(False, '%s' % error)


main()
