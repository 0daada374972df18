"""Speaks to a multicast group on each of several islands, and listens on all: what is said must be heard once on each.

    islanders.py [NAMESPACE/]GROUP:PORT...
"""
import select
import socket
import struct
import sys

from inside import inside


def ear(group, port):
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    made.bind((group, port))
    made.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, socket.inet_aton(group) + struct.pack("I", 0))
    return made


def mouth():
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    made.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_LOOP, 1)
    return made


ears, mouths, places = [], [], []
for island in sys.argv[1:]:
    namespace, _, address = island.rpartition("/")
    group, port = address.split(":")
    places.append((group, int(port)))
    at = (lambda make: inside(namespace, make)) if namespace else (lambda make: make())
    ears.append(at(lambda: ear(group, int(port))))
    mouths.append(at(mouth))


def hear(seconds):
    heard = []
    while ready := select.select(ears, [], [], seconds)[0]:
        for one in ready:
            heard.append((ears.index(one), one.recv(65536)))
    return heard


# Until the tunnels carry something both ways.
for place, voice in zip(places, mouths):
    for attempt in range(100):
        voice.sendto(b"ready?", place)
        if len({where for where, _ in hear(0.1)}) == len(places):
            break
hear(0.3)
for island, (place, voice) in enumerate(zip(places, mouths)):
    said = [b"%d from %d" % (number, island) for number in range(20)] + [b"", b"y" * 8000]
    for text in said:
        voice.sendto(text, place)
    heard = hear(0.5)
    for where in range(len(places)):
        got = [text for at, text in heard if at == where]
        assert got == said, (island, where, len(got), got[:3], got[-3:])
print("all heard once")
