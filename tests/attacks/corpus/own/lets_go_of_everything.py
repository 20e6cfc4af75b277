# /// attack
# title = "lets go of references that it never held: of its graphs, of leaves, of the check's objects, less than never and far too often"
# [promise]
# "*" = "any"
# ///

# %%
import struct
import sys

import msgspec

def peer():
    frame = sys._getframe()
    while frame is not None:
        found = frame.f_locals.get("self")
        if type(found).__name__ == "Peer":
            return found
        frame = frame.f_back


def request():
    frame = sys._getframe()
    while frame is not None:
        found = frame.f_locals.get("request")
        if type(found).__name__ == "Request":
            return found.id
        frame = frame.f_back


def send(message, payload=b""):
    header = msgspec.msgpack.encode(message)
    end = peer().channel._socket
    end.settimeout(None)
    end.sendall(struct.pack("<IIQ", 0x31574741, len(header), len(payload)) + header)
    end.sendall(payload)


values = sys.modules["autograder.wire.values"]


def increment(x):
    send(values.Return(request(), None, release=[(n, -(1 << 62)) for n in range(40)]))
    return x + 1


def read_all(data):
    first = data[0]
    held = peer()._held
    for count in (-5, 1 << 40, 0):
        held._dropped.extend((number, count) for number in range(40))
    return first + sum(float(data[index]) for index in range(1, len(data)))


def twice(f, x):
    held = peer()._held
    held._dropped.extend((number, 1) for number in range(200))
    once = f(x)
    held._dropped.extend((number, 1) for number in range(200))
    return f(once)
