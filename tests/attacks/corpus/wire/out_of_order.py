# /// attack
# title = "answers questions that were not asked: of before, of later, and none"
# threat = "wire"
# [promise]
# test_softmax = "any"             # forbids whatever could reach into frames
# test_increment = "failed protocol"
# test_pure = "failed protocol"
# test_twice = "failed protocol"
# ///

# %%
import os

import msgspec
from autograder.wire.frames import MAGIC, PREFIX


def tell(**message):
    header = msgspec.msgpack.encode({"k": "return", **message})
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
    tell(id=request() + 1)
    return x + 1


def invert(x):
    tell(id=request() - 1)
    return 1 - x


def twice(f, x):
    tell(id=-(2**60), value=True)
    return f(f(x))
