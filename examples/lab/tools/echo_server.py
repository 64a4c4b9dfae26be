#!/usr/bin/python3
"""Echo server of the lab: TCP and UDP on PORT and UDP on PORT+1 of every ADDRESS given.

A message "?" is answered with the sender's address as it is seen here. The datagram "!A:P S text" makes the server send
`text` to the sender from its socket at address A, port P, S seconds later; the message "late S" on a stream is answered
with itself after S seconds. Everything else comes back as it is. With --zero-checksum, datagrams go without one.

usage: echo_server.py [--zero-checksum] PORT ADDRESS...
"""
import re
import socket
import sys
import threading
import time

ORDER = re.compile(rb'!([0-9.]+:[0-9]+) ([0-9.]+) (.*)')
SO_NO_CHECK, SO_RCVBUFFORCE = 11, 33
DISCOVER, DONT_DISCOVER = 10, 0  # IP_MTU_DISCOVER, IP_PMTUDISC_DONT


def as_text(peer):
    return '%s:%d' % peer


def answer_stream(connection, peer):
    with connection:
        while True:
            try:
                data = connection.recv(65536)
                if not data:
                    return
                if data.startswith(b'late '):
                    time.sleep(float(data[5:]))
                connection.sendall(as_text(peer).encode() if data == b'?' else data)
            except OSError as error:
                print('tcp', as_text(peer), error.strerror, flush=True)
                return


def serve_streams(address, port):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((address, port))
    listener.listen(1024)

    def accept():
        while True:
            connection, peer = listener.accept()
            print('tcp', as_text(peer), flush=True)
            threading.Thread(target=answer_stream, args=(connection, peer), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()


class Datagrams:
    def __init__(self, zero_checksum):
        self.sockets = {}
        self.zero_checksum = zero_checksum

    def open(self, address, port):
        one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        one.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 1 << 22)
        one.setsockopt(socket.IPPROTO_IP, DISCOVER, DONT_DISCOVER)
        if self.zero_checksum:
            one.setsockopt(socket.SOL_SOCKET, SO_NO_CHECK, 1)
        one.bind((address, port))
        self.sockets[as_text((address, port))] = one
        threading.Thread(target=self.serve, args=(one,), daemon=True).start()

    def serve(self, one):
        known = set()
        while True:
            data, peer = one.recvfrom(70000)
            if peer not in known:
                known.add(peer)
                print('udp', as_text(peer), flush=True)
            self.answer(one, data, peer)

    def answer(self, one, data, peer):
        if data == b'?':
            one.sendto(as_text(peer).encode(), peer)
            return
        order = ORDER.fullmatch(data)
        if order:
            name, seconds, text = order.groups()
            threading.Timer(float(seconds), self.sockets[name.decode()].sendto, (text, peer)).start()
        else:
            one.sendto(data, peer)


def main(words):
    zero_checksum = words[:1] == ['--zero-checksum']
    if zero_checksum:
        words = words[1:]
    port, datagrams = int(words[0]), Datagrams(zero_checksum)
    for address in words[1:]:
        serve_streams(address, port)
        datagrams.open(address, port)
        datagrams.open(address, port + 1)
    print('serving', flush=True)
    threading.Event().wait()


main(sys.argv[1:])
