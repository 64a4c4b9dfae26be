#!/usr/bin/python3
"""UDP of the lab's hosts, one sub-command each. Exit 0 and one line when all is as it should be, else 1."""
import os
import socket
import struct
import sys
import time

from traffic import DISCOVER, DO_DISCOVER, SO_NO_CHECK, ask_who, datagram_socket, main, received, verdict


def echo(a):
    """COUNT datagrams of SIZE bytes, one after the other; all but LOST must come back unchanged."""
    one = datagram_socket(a.sport)
    if a.zero_checksum:
        one.setsockopt(socket.SOL_SOCKET, SO_NO_CHECK, 1)
    if a.whole:
        one.setsockopt(socket.IPPROTO_IP, DISCOVER, DO_DISCOVER)
    peer = (a.host, a.port)
    seen, good, lost = ask_who(one, peer), 0, 0
    for number in range(a.count):
        data = struct.pack('!I', number) + os.urandom(a.size - 4)
        one.sendto(data, peer)
        came = comes_back(one, data)
        good, lost = good + came, lost + (not came)
        if lost > a.lost + 1:
            break
        time.sleep(a.pause)
    verdict(good >= a.count - a.lost, 'udp echo %d/%d of %d bytes, seen as %s' % (good, a.count, a.size, seen))


def comes_back(one, data):
    """Whether the echo of `data` comes; echoes of earlier ones that were given up are passed over."""
    got = received(one)[0]
    while got and got[:4] < data[:4]:
        got = received(one)[0]
    return got == data


def mapping(a):
    """The endpoint of one inside socket must be the same towards all HOSTS, on two ports each."""
    one = datagram_socket(a.sport)
    seen = [ask_who(one, (host, port)) for host in a.hosts for port in (a.port, a.port + 1)]
    different = sorted(set(seen))
    verdict(len(different) == 1 and 'unseen' not in different, ' '.join(different))


def asked(a):
    """Opens a mapping towards HOST and asks that server to send from address SOURCE, port FPORT, after LATE seconds. EXPECT
    is `passes` or `refused`."""
    one = datagram_socket(a.sport, a.late + 1.0)
    ask_who(one, (a.host, a.port))
    one.sendto(('!%s:%d %f hello' % (a.source, a.fport, a.late)).encode(), (a.host, a.port))
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


def meet(a):
    """Opens a mapping towards HOST, prints its outside endpoint, reads that of another host, and both must get each other's
    datagrams from there. What comes before, or from elsewhere, is wrong."""
    one = datagram_socket(a.sport, 0.2)
    print(ask_who(one, (a.host, a.port)), flush=True)
    address, port = sys.stdin.readline().split(':')
    peer, wrong, came = (address, int(port)), [], 0
    for _ in range(6):
        one.sendto(b'nice to meet you', peer)
        time.sleep(0.1)
        data, sender = received(one)
        if data and (sender != peer or data != b'nice to meet you'):
            wrong.append('%r from %s:%d' % (data, *sender))
        came += bool(data)
    verdict(came > 3 and not wrong, '; '.join(wrong) or '%d datagrams from %s:%d' % (came, *peer))


def send(a):
    """One datagram of TEXT; never fails."""
    datagram_socket(a.sport).sendto(a.text.encode(), (a.host, a.port))
    verdict(True, 'sent')


main(__doc__, {
    'echo': (echo, 'host port:int size:int count:int --sport:int --lost:int --pause:float --zero-checksum --whole'),
    'mapping': (mapping, 'port:int sport:int hosts+'),
    'asked': (asked, 'host port:int sport:int source fport:int expect --late:float'),
    'listen': (listen, 'host port:int sport:int seconds:float --then'),
    'meet': (meet, 'host port:int sport:int'),
    'send': (send, 'host port:int text --sport:int'),
})
