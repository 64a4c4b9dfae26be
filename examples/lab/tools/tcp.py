#!/usr/bin/python3
"""TCP of the lab's hosts, one sub-command each. Exit 0 and one line when all is as it should be, else 1."""
import errno
import os
import socket
import struct
import threading
import time

from traffic import collect, connected, main, verdict

ABORT = struct.pack('ii', 1, 0)  # SO_LINGER of no time: close() sends RST


def echo(a):
    """Echo of BYTES bytes, both directions at once."""
    one = connected(a.host, a.port, a.sport)
    one.sendall(b'?')
    seen = one.recv(100).decode()
    data = os.urandom(min(a.bytes, 1 << 20)) * max(1, a.bytes >> 20)
    sender = threading.Thread(target=one.sendall, args=(data,), daemon=True)
    sender.start()
    got = collect(one, len(data))
    verdict(got == data, 'tcp echo %d/%d bytes, seen as %s' % (len(got), len(data), seen))


def half_close(a):
    """Sends, closes its own direction, and must still get everything back."""
    one, size = connected(a.host, a.port), 100000
    one.sendall(b'x' * size)
    one.shutdown(socket.SHUT_WR)
    got = len(collect(one, size + 1))
    verdict(got == size, 'after the half close %d/%d bytes came back' % (got, size))


def late(a):
    """A connection without a packet for SECONDS must then still carry data, from the server first."""
    one = connected(a.host, a.port, a.sport, a.seconds + 5)
    one.sendall(b'late %f' % a.seconds)
    alive = one.recv(100).startswith(b'late')
    one.sendall(b'?')
    verdict(alive and b':' in one.recv(100), 'stream after %.0f idle seconds: %s' % (a.seconds, 'goes on' if alive else 'dead'))


def mapping(a):
    """The outside endpoint of one inside port must be the same in connections to all HOSTS at once."""
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


def refused_late(a):
    """A connection attempt that nobody may answer for SECONDS, and that is refused soon after."""
    began = time.time()
    try:
        connected(a.host, a.port, a.sport, a.seconds + 4)
    except ConnectionRefusedError:
        after = time.time() - began
        verdict(a.seconds <= after < a.seconds + 3, 'refused after %.1f s' % after)
    except OSError as error:
        verdict(False, 'not refused: %s' % error)
    verdict(False, 'connected')


def steady(a):
    """Small messages for SECONDS, without waiting for their echo; whatever happens meanwhile, each must come back in the end,
    and the server must see the same endpoint before and after."""
    one = connected(a.host, a.port, a.sport, a.seconds + 10)
    one.sendall(b'?')
    seen, count, back = one.recv(100), int(a.seconds / 0.05), []
    print(seen.decode(), flush=True)
    reader = threading.Thread(target=lambda: back.append(collect(one, 6 * count)), daemon=True)
    reader.start()
    for number in range(count):
        one.sendall(b'%06d' % number)
        time.sleep(0.05)
    reader.join(a.seconds + 10)
    good = back == [b''.join(b'%06d' % number for number in range(count))]
    if good:
        one.sendall(b'?')
        good = one.recv(100) == seen
    verdict(good, '%d messages in one connection' % count if good else 'the connection broke')


def resumed(a):
    """A connection without a packet for SECONDS must then still carry data, from this side first."""
    one = connected(a.host, a.port, a.sport, 15)
    one.sendall(b'?')
    seen = one.recv(100)
    print(seen.decode(), flush=True)
    time.sleep(a.seconds)
    one.sendall(b'?')
    verdict(one.recv(100) == seen, 'goes on after %.0f idle seconds' % a.seconds)


def simultaneous(a):
    """Connects from a fixed port to a fixed port again and again until the other end, which does the same, is there. With
    --via it has a connection from that port to this echo server meanwhile, which must see its port unchanged."""
    if a.via:
        first = connected(a.via, 7000, a.sport)
        first.sendall(b'?')
        seen = first.recv(100).decode()
        if not seen.endswith(':%d' % a.sport):
            verdict(False, 'seen as %s' % seen)
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


main(__doc__, {
    'echo': (echo, 'host port:int bytes:int --sport:int'),
    'half-close': (half_close, 'host port:int'),
    'late': (late, 'host port:int sport:int seconds:float'),
    'mapping': (mapping, 'port:int sport:int hosts+'),
    'closed': (closed, 'host port:int --sport:int'),
    'abort': (abort, 'host port:int sport:int times:int'),
    'aborted': (aborted, 'host port:int'),
    'reset': (reset, 'host port:int'),
    'silent': (silent, 'host port:int seconds:float --sport:int'),
    'refused-late': (refused_late, 'host port:int seconds:float --sport:int'),
    'steady': (steady, 'host port:int seconds:float --sport:int'),
    'resumed': (resumed, 'host port:int sport:int seconds:float'),
    'simultaneous': (simultaneous, 'host port:int --sport:int --tries:int --via'),
})
