"""Has connections on which it says nothing by itself, up to the end of its input.

    vanish.py HOST KIND:PORT...
"""
import select
import sys

import idle

host, *places = sys.argv[1:]
held = []
for place in places:
    kind, port = place.split(":")
    one = idle.connect(kind, int(port), host)
    one.sendall(idle.FRAME if kind == "websocket" else b"x")
    idle.expect(one, 1)
    held.append(one)
print("ready", flush=True)
# It answers what it is asked, for as long as it can.
while sys.stdin not in (ready := select.select(held + [sys.stdin], [], [])[0]):
    for one in ready:
        if idle.PING in idle.expect(one, 65536):
            one.sendall(idle.PONG)
