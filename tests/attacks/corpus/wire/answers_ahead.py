# /// attack
# title = "answers the next check's questions before they are asked, with values that it likes"
# threat = "wire"
# [promise]
# test_softmax = "any"             # forbids whatever could reach into frames
# test_twice = "failed wrong_answer|wrong_type|protocol"
# ///

# %%
import os

import msgspec
from autograder.wire.frames import MAGIC, PREFIX


def twice(f, x):
    try:
        raise LookupError
    except LookupError as error:
        frame = error.__traceback__.tb_frame
    while not hasattr(frame.f_locals.get("request"), "id"):
        frame = frame.f_back
    now = frame.f_locals["request"].id
    data = b""
    for later in range(now, now + 20):
        header = msgspec.msgpack.encode({"k": "return", "id": later, "value": True})
        data += PREFIX.pack(MAGIC, len(header), 0) + header
    for number in range(3, 64):
        try:
            os.write(number, data)
        except OSError:
            pass
    return f(f(x))
