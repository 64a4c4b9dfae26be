"""What the traffic tools share: sockets, verdicts, and a command line made of functions."""
import argparse
import socket
import struct
import sys

DISCOVER, DO_DISCOVER, DONT_DISCOVER = 10, 2, 0  # IP_MTU_DISCOVER and two of its values
SO_NO_CHECK = 11


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


def checksum(data):
    """The Internet checksum; 0 over what has a right one in it."""
    data += b'\0' * (len(data) & 1)
    total = sum(struct.unpack('!%dH' % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


TYPES = {'int': int, 'float': float}
FLAGS = {'--zero-checksum', '--whole'}
DEFAULTS = {'--sport': 0, '--pause': 0.0, '--late': 0.0, '--lost': 0, '--tries': 5, '--step': 1480, '--size': 100, '--ttl': 0, '--mtu': 0}


def add_argument(parser, word):
    name, _, kind = word.partition(':')
    if name in FLAGS:
        parser.add_argument(name, action='store_true')
    elif name.startswith('--'):
        parser.add_argument(name, type=TYPES.get(kind, str), default=DEFAULTS.get(name))
    else:
        parser.add_argument(name.rstrip('+'), type=TYPES.get(kind, str), nargs='+' if name.endswith('+') else None)


def main(description, table):
    """Runs the function that the first word names; `table` gives each its argument words, such as `port:int --sport:int`."""
    parser = argparse.ArgumentParser(description=description)
    commands = parser.add_subparsers(required=True)
    for name, (function, words) in table.items():
        command = commands.add_parser(name, help=function.__doc__)
        for word in words.split():
            add_argument(command, word)
        command.set_defaults(function=function)
    arguments = parser.parse_args()
    try:
        arguments.function(arguments)
    except OSError as error:
        verdict(False, '%s' % error)
