# /// attack
# title = "sends containers that announce billions of parts, keys that collide, and integers of a million digits"
# threat = "wire"
# [promise]
# test_softmax = "any"             # forbids whatever could reach into frames
# test_increment = "failed protocol"
# test_pure = "failed protocol"
# test_twice = "failed protocol"
# test_loss = "failed protocol"
# test_loss_gradient = "failed protocol"
# ///

# %%
import os

import msgspec
from autograder.wire.frames import MAGIC, PREFIX


def request():
    try:
        raise LookupError
    except LookupError as error:
        frame = error.__traceback__.tb_frame
    while not hasattr(frame.f_locals.get("request"), "id"):
        frame = frame.f_back
    return frame.f_locals["request"].id


def tell(header):
    for number in range(3, 64):
        try:
            os.write(number, PREFIX.pack(MAGIC, len(header), 0) + header)
        except OSError:
            pass


def answer(value):
    tell(msgspec.msgpack.encode({"k": "return", "id": request(), "value": value}))


def increment(x):
    tell(b"\xdd\xff\xff\xff\xff")


def invert(x):
    tell(b"\xdf\xff\xff\xff\xff\xa1k")


def twice(f, x):
    answer({"k": "int", "hex": "f" * 1_000_000})


def cross_entropy(logits, y):
    prime = 2**61 - 1
    answer({"k": "items", "type": "set", "items": [i * prime for i in range(4)] + [{"k": "int", "hex": hex(i * prime)} for i in range(5, 20_000)]})
