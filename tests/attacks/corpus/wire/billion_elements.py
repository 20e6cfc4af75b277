# /// attack
# title = "answers with a billion elements: announced, broadcast, sparse, and on the meta device"
# threat = "wire"
# [promise]
# test_softmax = "any"             # forbids whatever could reach into frames
# test_increment = "failed protocol"
# test_pure = "failed limit|out_of_memory"
# test_twice = "failed limit|out_of_memory|wrong_answer|wrong_type|exception"
# test_each_example_once = "failed limit|out_of_memory|wrong_answer|wrong_type|exception"
# test_loss = "failed limit|out_of_memory|timeout"
# test_loss_gradient = "failed limit|out_of_memory|timeout"
# ///

# %%
import os

import msgspec
import torch
from autograder.wire.frames import MAGIC, PREFIX


def increment(x):
    try:
        raise LookupError
    except LookupError as error:
        frame = error.__traceback__.tb_frame
    while not hasattr(frame.f_locals.get("request"), "id"):
        frame = frame.f_back
    value = {"k": "tensor", "dtype": "uint8", "shape": [10**9], "offset": 0}
    header = msgspec.msgpack.encode({"k": "return", "id": frame.f_locals["request"].id, "value": value})
    for number in range(3, 64):
        try:
            os.write(number, PREFIX.pack(MAGIC, len(header), 64) + header + bytes(64))
        except OSError:
            pass


def invert(x):
    return torch.zeros(1).expand(10**9)


def twice(f, x):
    return torch.sparse_coo_tensor(torch.tensor([[0]]), torch.ones(1), (10**9,))


def read_all(data):
    for index in range(len(data)):
        data[index]
    return torch.empty(10**9, device="meta")


def cross_entropy(logits, y):
    return range(10**9), [0] * 10_000_000
