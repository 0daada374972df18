"""A broadcast over WebSockets: a server to compare with, and the measurement.

    broadcast.py serve PORT
    broadcast.py measure PORT

The measurement has 100 listeners that read without looking at what they read, so that what is measured is the server.
"""
import asyncio
import logging
import socket
import sys
import threading
import time

LISTENERS, LINES, LENGTH = 100, 2000, 64


async def serve(port):
    import websockets
    from websockets.asyncio.server import broadcast

    logging.disable()  # The measurement leaves without a close frame.
    room = set()

    async def handle(connection):
        room.add(connection)
        try:
            async for line in connection:
                broadcast(room, line)
        finally:
            room.discard(connection)

    async with websockets.serve(handle, "127.0.0.1", port, compression=None, ping_interval=None):
        await asyncio.get_running_loop().create_future()


def connect(port):
    connection = socket.create_connection(("127.0.0.1", port))
    connection.sendall(
        f"GET /room HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n".encode())
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        head += connection.recv(1)
    assert b" 101 " in head, head
    return connection


def measure(port):
    import selectors

    selector = selectors.DefaultSelector()
    listeners = [connect(port) for _ in range(LISTENERS)]
    sender = connect(port)
    time.sleep(0.5)
    # A frame of text, with a mask of zeros.
    frame = bytes([0x81, 0x80 | LENGTH, 0, 0, 0, 0]) + b"x" * LENGTH
    size = LINES * (LENGTH + 2)
    left = {}
    for listener in listeners + [sender]:
        left[listener] = size
        selector.register(listener, selectors.EVENT_READ)
    start = time.monotonic()
    writer = threading.Thread(target=sender.sendall, args=(frame * LINES,))
    writer.start()
    while left:
        for key, _ in selector.select():
            count = len(key.fileobj.recv(1 << 16))
            assert count > 0, "the server has closed"
            left[key.fileobj] -= count
            if left[key.fileobj] <= 0:
                del left[key.fileobj]
                selector.unregister(key.fileobj)
    writer.join()
    seconds = time.monotonic() - start
    print(f"{(LISTENERS + 1) * LINES / seconds:,.0f} messages/s to {LISTENERS + 1} listeners")


if sys.argv[1] == "serve":
    asyncio.run(serve(int(sys.argv[2])))
else:
    measure(int(sys.argv[2]))
