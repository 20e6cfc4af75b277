# /// attack
# title = "answers with references, leaves, outputs and graphs that were never issued"
# threat = "wire"
# quick = true
# [promise]
# test_increment = "failed protocol"
# test_pure = "failed protocol"
# test_twice = "failed protocol"
# test_loss = "failed protocol"
# test_loss_gradient = "failed protocol"
# test_softmax = "failed protocol|forbidden_api"
# test_softmax_of_zeros = "failed protocol"
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


def answer(value, **more):
    header = msgspec.msgpack.encode({"k": "return", "id": request(), "value": value, **more})
    for number in range(3, 64):
        try:
            os.write(number, PREFIX.pack(MAGIC, len(header), 0) + header)
        except OSError:
            pass


def increment(x):
    answer({"k": "ref", "id": 424242, "mine": False})


def invert(x):
    answer({"k": "leaf", "id": 424242})


def twice(f, x):
    answer({"k": "out", "index": 7})


def cross_entropy(logits, y):
    answer({"k": "sent", "index": 7})


def softmax(x, dim):
    answer(None, node=424242, leaves=[1, 2, 3], outputs=[], release=[(1, 10**9), (424242, -5)], changes=[{"k": "change", "index": 99}])
