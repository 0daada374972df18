"""Leaves a web server in every state that a connection can be in, by a reset or by being killed.

    webresets.py PORT PID COUNT

PID is the server's, which has `/large.txt`, takes content at `/copy`, and has a WebSocket at `/echo` and events at `/news`.
"""
import os
import signal
import socket
import struct
import sys

import idle
import slow

REQUEST = b"POST /copy HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n0123456789"
LARGE = b"GET /large.txt HTTP/1.1\r\nHost: localhost\r\n\r\n"
EVENTS = b"GET /news HTTP/1.1\r\nHost: localhost\r\n\r\n"
FRAGMENT = bytes([0x01, 0x81, 0, 0, 0, 0]) + b"x"
CLOSE = bytes([0x88, 0x82, 0, 0, 0, 0, 3, 232])


def plain(sent, read=0):
    def make(port):
        connection = socket.create_connection(("127.0.0.1", port), timeout=60)
        connection.sendall(sent)
        while read and len(connection.recv(read)) == 0:
            pass
        return connection

    return make


def web_socket(sent):
    def make(port):
        connection = idle.connect("websocket", port)
        connection.sendall(sent)
        return connection

    return make


STATES = [
    plain(b""),
    plain(REQUEST[:7]),
    plain(REQUEST[:30]),
    plain(REQUEST[:-5]),
    plain(REQUEST),
    plain(REQUEST, 10),
    plain(REQUEST + REQUEST[:30], 10),
    plain(LARGE),
    plain(LARGE, 1000),
    plain(EVENTS),
    plain(EVENTS, 10),
    plain(idle.HEAD[:60]),
    plain(idle.HEAD),
    web_socket(b""),
    web_socket(idle.FRAME[:3]),
    web_socket(idle.FRAME * 3),
    web_socket(FRAGMENT),
    web_socket(CLOSE),
]


def main(port, process, count):
    def open_descriptors():
        return len(os.listdir(f"/proc/{process}/fd"))

    slow.ask(port)
    before = open_descriptors()
    for number in range(count):
        connection = STATES[number % len(STATES)](port)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.close()
    child = os.fork()
    if child == 0:
        held = [make(port) for make in STATES for _ in range(3)]
        assert len(held) == 3 * len(STATES)
        os.kill(os.getpid(), signal.SIGKILL)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL
    for _ in range(4000):
        slow.ask(port)
        if open_descriptors() <= before + 1:
            print("nothing left open")
            return
    print(f"{open_descriptors()} open, {before} before")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
