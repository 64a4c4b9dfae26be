#!/usr/bin/python3
"""Many TCP and UDP flows at once."""
import os
import select
import socket

from traffic import ask_who, connected, datagram_socket, main, received, verdict


IN_FLIGHT = 25  # flows that wait for their answers at a time: three hosts together stay far below any queue's length
ROUNDS = 3


def hold(a):
    """COUNT UDP sockets and COUNT TCP connections from ports FIRST and up, all open at the same time; each must get its
    own answers and nobody else's. Prints every endpoint that the server saw."""
    peer = (a.host, a.port)
    streams = [connected(a.host, a.port, a.first + i) for i in range(a.count)]
    datagrams = [datagram_socket(a.first + i) for i in range(a.count)]
    for one in streams:
        one.sendall(b'?')
        print('tcp', one.recv(100).decode())
    for one in datagrams:
        print('udp', ask_who(one, peer))
    pairs, wrong = list(zip(streams, datagrams)), []
    for round_ in range(ROUNDS):
        for first in range(0, a.count, IN_FLIGHT):
            wrong += exchange(pairs[first:first + IN_FLIGHT], peer, 'round %d' % round_)
            if len(wrong) > 2:
                verdict(False, '; '.join(wrong))
    echoes = 2 * ROUNDS * a.count
    verdict(not wrong, '%d/%d echoes of %d flows%s' % (echoes - len(wrong), echoes, 2 * a.count, '; '.join([''] + wrong)))


def exchange(pairs, peer, label):
    """One text over each flow and back; says which did not come back as it was."""
    wrong, sent = [], []
    for stream, datagram in pairs:
        port = stream.getsockname()[1]
        text = ('%s %s %d %d' % (socket.gethostname(), label, os.getpid(), port)).encode()
        stream.sendall(text)
        datagram.sendto(text, peer)
        sent.append((stream, datagram, text, port))
    for stream, datagram, text, port in sent:
        for kind, one in (('tcp', stream), ('udp', datagram)):
            got = received(one)[0]
            if got != text:
                wrong.append('%s %d: %r came for %r' % (kind, port, got, text))
    return wrong


def streams(a):
    """COUNT TCP connections asked for at once, then open at once; each must echo. Ports are the kernel's choice."""
    peer, ones, seen = (a.host, a.port), [], set()
    for _ in range(a.count):
        one = socket.socket()
        one.setblocking(False)
        one.connect_ex(peer)
        ones.append(one)
    for number, one in enumerate(ones):
        one.settimeout(10)
        poll = select.poll()
        poll.register(one, select.POLLOUT)
        if not poll.poll(10000) or one.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
            verdict(False, '%d connected, the next one did not' % number)
    for number, one in enumerate(ones):
        one.sendall(b'number %d' % number)
    wrong = sum(received(one)[0] != b'number %d' % number for number, one in enumerate(ones))
    for one in ones:
        one.sendall(b'?')
        seen.add(received(one)[0])
    verdict(not wrong and len(seen) == a.count, '%d/%d echoes, %d outside endpoints' % (a.count - wrong, a.count, len(seen)))


main(__doc__, {
    'streams': (streams, 'host port:int count:int'),
    'hold': (hold, 'host port:int first:int count:int'),
})
