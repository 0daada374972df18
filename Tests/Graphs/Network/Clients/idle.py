"""Holds idle connections to an echo, and says what they cost it.

    idle.py tcp|websocket PORT PID COUNT

PID is the server's. Each connection has had an answer before it is idle, so that all of it is there.
"""
import resource
import selectors
import socket
import sys

FRAME = bytes([0x81, 0x81, 0, 0, 0, 0]) + b"x"
PING, PONG = b"\x89\x00", bytes([0x8A, 0x80, 0, 0, 0, 0])
HEAD = (
    "GET /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n").encode()


def connect(kind, port, host="127.0.0.1"):
    connection = socket.create_connection((host, port), timeout=60)
    if kind == "websocket":
        connection.sendall(HEAD)
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += expect(connection, 1)
        assert b" 101 " in head, head
    return connection


def expect(connection, count):
    data = connection.recv(count)
    assert data, "the server has closed a connection"
    return data


def echo(kind, connection):
    sent, answer = (FRAME, b"\x81\x01x") if kind == "websocket" else (b"x", b"x")
    connection.sendall(sent)
    got = b""
    while len(got) < len(answer):
        got += expect(connection, len(answer) - len(got))
        while kind == "websocket" and got.startswith(PING):
            connection.sendall(PONG)
            got = got[len(PING):]
    assert got == answer, got


def attend(selector):
    """Answers the pings that have come."""
    while ready := selector.select(0):
        for key, _ in ready:
            assert expect(key.fileobj, 2) == PING
            key.fileobj.sendall(PONG)


def memory(process):
    with open(f"/proc/{process}/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmRSS"))


def main(kind, port, process, count):
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    first = connect(kind, port)
    echo(kind, first)
    before = memory(process)
    held, pinged = [], selectors.DefaultSelector()
    pinged.register(first, selectors.EVENT_READ)
    for number in range(count):
        held.append(connect(kind, port))
        echo(kind, held[-1])
        pinged.register(held[-1], selectors.EVENT_READ)
        if number % 100 == 0:
            attend(pinged)
    attend(pinged)
    each = (memory(process) - before) // count
    # All are still there, and one more is served.
    for connection in held[:: max(1, count // 100)]:
        echo(kind, connection)
    echo(kind, first)
    print(f"{count} held, {each} bytes each")


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
