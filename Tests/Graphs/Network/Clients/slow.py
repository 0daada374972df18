"""Is many slow clients of a web server at once, and says what they cost it and how long another one waits meanwhile.

    slow.py headers|body|read PORT PID COUNT

PID is the server's, which serves `/large.txt` and takes content at `/copy`.
"""
import resource
import socket
import sys
import time

import idle

BEGINNINGS = {
    "headers": b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
    "body": b"POST /copy HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\nabc",
    "read": b"GET /large.txt HTTP/1.1\r\nHost: localhost\r\n\r\n",
}


def begin(kind, port):
    connection = socket.socket()
    if kind == "read":
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.connect(("127.0.0.1", port))
    connection.sendall(BEGINNINGS[kind])
    return connection


def ask(port):
    """How long an answer takes, in seconds."""
    start = time.monotonic()
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        answer = b""
        while data := connection.recv(65536):
            answer += data
    assert answer.startswith(b"HTTP/1.1 200 "), answer[:100]
    return time.monotonic() - start


def most(waits):
    """What 99 % take no longer than, in milliseconds."""
    return 1000 * sorted(waits)[len(waits) * 99 // 100]


def main(kind, port, process, count):
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    ask(port)
    first = begin(kind, port)
    ask(port)
    before = idle.memory(process)
    held, waits = [], []
    for number in range(count):
        held.append(begin(kind, port))
        if number % max(1, count // 200) == 0:
            waits.append(ask(port))
    each = (idle.memory(process) - before) // count
    later = [ask(port) for _ in range(300)]
    print(f"{len(held)} held, {each} bytes each; 99 % of others served within {most(waits):.1f} ms while they came, "
          f"{most(later):.1f} ms afterwards")
    first.close()


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
