# /// attack
# title = "sends shapes whose product overflows, is negative, or is no number"
# threat = "wire"
# [promise]
# test_increment = "failed protocol"
# test_pure = "failed protocol"
# test_twice = "failed protocol"
# test_loss = "failed protocol"
# test_loss_gradient = "failed protocol"
# test_softmax = "failed protocol|wrong_answer|forbidden_api"
# test_softmax_of_zeros = "failed protocol|wrong_answer"
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


def answer(shape):
    value = {"k": "tensor", "dtype": "float32", "shape": shape, "offset": 0}
    header, payload = msgspec.msgpack.encode({"k": "return", "id": request(), "value": value}), bytes(64)
    for number in range(3, 64):
        try:
            os.write(number, PREFIX.pack(MAGIC, len(header), len(payload)) + header + payload)
        except OSError:
            pass


def increment(x):
    answer([2**62, 4])


def invert(x):
    answer([-1, -24])


def twice(f, x):
    answer([2**32, 2**32])


def cross_entropy(logits, y):
    answer([2**63 - 1] * 1000)


def softmax(x, dim):
    answer([0, 2**62])
