"""Listens to what one presenter says, over many connections of several kinds at once.

    listeners.py PID SPEAK COUNT STUCK LINES LENGTH PACE KIND:PORT...

PID is the server's and SPEAK its presenter's port; COUNT listeners of each kind (tcp or websocket) listen, STUCK of which
read nothing. The presenter says LINES lines of LENGTH bytes, one every PACE seconds; 0 for as fast as they are heard.
"""
import resource
import selectors
import socket
import sys
import time

import idle


class Listener:
    def __init__(self, kind, port):
        self.kind = kind
        self.socket = idle.connect(kind, port)
        self.rest, self.next, self.ready, self.late = b"", 0, False, []

    def lines(self):
        """Those that have come whole."""
        data = self.socket.recv(1 << 18)
        assert data, "the server has closed a connection"
        self.rest += data
        if self.kind == "tcp":
            *whole, self.rest = self.rest.split(b"\n")
            yield from whole
            return
        while len(self.rest) >= 2:
            first, length, head = self.rest[0], self.rest[1], 2
            if length == 126:
                if len(self.rest) < 4:
                    return
                length, head = int.from_bytes(self.rest[2:4], "big"), 4
            assert length < 126 or head == 4, "a frame of this length is not for here"
            if len(self.rest) < head + length:
                return
            payload, self.rest = self.rest[head : head + length], self.rest[head + length :]
            if first == 0x81:
                yield payload
            elif first == 0x89:
                self.socket.sendall(idle.PONG)

    def read(self):
        now = time.monotonic()
        for line in self.lines():
            if line == b"ready?":
                self.ready = True
                continue
            number, said = line.split(b" ", 2)[:2]
            assert int(number) == self.next, (int(number), self.next)
            self.next += 1
            self.late.append(now - float(said))


def main(process, speak, count, stuck, lines, length, pace, *places):
    process, speak, count, stuck, lines, length = map(int, (process, speak, count, stuck, lines, length))
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    kinds = [place.split(":") for place in places]
    everyone = [[Listener(kind, int(port)) for _ in range(count)] for kind, port in kinds]
    hearing = [one for listeners in everyone for one in listeners[stuck:]]
    selector = selectors.DefaultSelector()
    for one in hearing:
        one.socket.setblocking(False)
        selector.register(one.socket, selectors.EVENT_READ, one)
    presenter = socket.create_connection(("127.0.0.1", speak))

    def hear(seconds):
        for key, _ in selector.select(max(0, seconds)):
            key.data.read()

    # A listener takes part once it has heard something.
    while not all(one.ready for one in hearing):
        presenter.sendall(b"ready?\n")
        until = time.monotonic() + 0.5
        while time.monotonic() < until:
            hear(until - time.monotonic())
    before = idle.memory(process)
    due = time.monotonic()
    for number in range(lines):
        while (rest := due - time.monotonic()) > 0:
            hear(rest)
        line = b"%d %.6f " % (number, time.monotonic())
        presenter.sendall(line + b"x" * (length - len(line)) + b"\n")
        due += float(pace)
        if pace == "0" and number % 10 == 9:
            while min(one.next for one in hearing) <= number:
                hear(1)
    while min(one.next for one in hearing) < lines:
        hear(1)
    print(f"{len(hearing)} heard all in order")
    print(f"{(idle.memory(process) - before) // 1024} KiB more")
    late = sorted(time for one in hearing for time in one.late)
    shares = {f"{share} %": late[min(len(late) - 1, int(len(late) * share / 100))] for share in (50, 99, 99.9)}
    print(", ".join(f"{name} within {1000 * time:.1f} ms" for name, time in (shares | {"all": late[-1]}).items()))


if __name__ == "__main__":
    main(*sys.argv[1:])
