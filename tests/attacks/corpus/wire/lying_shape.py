# /// attack
# title = "sends tensors and arrays whose shape times item size is not their byte count"
# threat = "wire"
# quick = true
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


def answer(value, payload):
    header = msgspec.msgpack.encode({"k": "return", "id": request(), "value": value})
    for number in range(3, 64):
        try:
            os.write(number, PREFIX.pack(MAGIC, len(header), len(payload)) + header + payload)
        except OSError:
            pass


def increment(x):
    answer({"k": "tensor", "dtype": "float32", "shape": [2, 3], "offset": 0}, bytes(8))


def invert(x):
    answer({"k": "tensor", "dtype": "float32", "shape": [2, 5], "offset": -16}, bytes(400))


def twice(f, x):
    answer({"k": "array", "dtype": "float64", "shape": [3], "offset": 384}, bytes(400))


def cross_entropy(logits, y):
    answer({"k": "tensor", "dtype": "object", "shape": [], "offset": 0}, bytes(400))
