#!/usr/bin/python3
"""Many TCP and UDP flows at once."""
import os
import socket

from traffic import ask_who, connected, datagram_socket, main, received, verdict


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


main(__doc__, {
    'hold': (flows, 'host port:int first:int count:int'),
})
