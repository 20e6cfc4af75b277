# /// attack
# title = "sends arrays nested a hundred thousand deep, in the header and in its values"
# threat = "wire"
# quick = true
# [promise]
# test_softmax = "any"             # forbids whatever could reach into frames
# test_increment = "failed protocol"
# test_pure = "failed protocol"
# test_twice = "failed protocol|limit"
# ///

# %%
import os

import msgspec
from autograder.wire.frames import MAGIC, PREFIX


def tell(header):
    for number in range(3, 64):
        try:
            os.write(number, PREFIX.pack(MAGIC, len(header), 0) + header)
        except OSError:
            pass


def request():
    try:
        raise LookupError
    except LookupError as error:
        frame = error.__traceback__.tb_frame
    while not hasattr(frame.f_locals.get("request"), "id"):
        frame = frame.f_back
    return frame.f_locals["request"].id


def increment(x):
    tell(b"\x91" * 100_000 + b"\xc0")
    return x + 1


def invert(x):
    deep = None
    for _ in range(60):
        deep = {"k": "items", "type": "list", "items": [deep]}
    head = msgspec.msgpack.encode({"k": "return", "id": request(), "value": deep})
    before, after = head.split(b"\xc0", 1)
    layer = msgspec.msgpack.encode({"k": "items", "type": "list", "items": [None]})[:-1]
    tell(before + layer * 50_000 + b"\xc0" + after)
    return 1 - x


def twice(f, x):
    deep = []
    for _ in range(100_000):
        deep = [deep]
    return deep
