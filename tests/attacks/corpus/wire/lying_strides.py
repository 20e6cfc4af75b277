# /// attack
# title = "sends strides that overlap, reach beyond, are negative, or are more than there are dimensions"
# threat = "wire"
# [promise]
# test_softmax = "any"             # forbids whatever could reach into frames
# test_increment = "failed protocol"
# test_pure = "failed wrong_answer|protocol"
# test_twice = "failed wrong_answer|protocol"
# test_loss = "failed wrong_answer|protocol"
# test_loss_gradient = "failed wrong_answer|wrong_type|protocol"
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


def answer(shape, strides):
    value = {"k": "tensor", "dtype": "float32", "shape": shape, "offset": 0, "strides": strides}
    header, payload = msgspec.msgpack.encode({"k": "return", "id": request(), "value": value}), bytes(64)
    for number in range(3, 64):
        try:
            os.write(number, PREFIX.pack(MAGIC, len(header), len(payload)) + header + payload)
        except OSError:
            pass


def increment(x):
    answer([2, 3], [3, 1, 1, 1])


def invert(x):
    answer([2, 5], [2**50, 2**40])


def twice(f, x):
    answer([3], [-1])


def cross_entropy(logits, y):
    answer([2, 2], [0, 0])
