# /// attack
# title = "answers one call twice: wrongly, then rightly"
# threat = "wire"
# [promise]
# test_softmax = "any"             # forbids whatever could reach into frames
# test_increment = "failed wrong_answer|wrong_type|protocol"
# ///

# %%
import os

import msgspec
from autograder.wire.frames import MAGIC, PREFIX


def increment(x):
    try:
        raise LookupError
    except LookupError as error:
        frame = error.__traceback__.tb_frame
    while not hasattr(frame.f_locals.get("request"), "id"):
        frame = frame.f_back
    header = msgspec.msgpack.encode({"k": "return", "id": frame.f_locals["request"].id, "value": True})
    for number in range(3, 64):
        try:
            os.write(number, PREFIX.pack(MAGIC, len(header), 0) + header)
        except OSError:
            pass
    return x + 1
