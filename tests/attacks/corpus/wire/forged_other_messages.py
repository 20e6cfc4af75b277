# /// attack
# title = "sends well-formed messages of the examiner's own conversation with the grader: Found, Done, passed findings"
# threat = "wire"
# [promise]
# test_increment = "failed protocol"
# ///

# %%
import os

import msgspec
from autograder.wire.frames import MAGIC, PREFIX


def increment(x):
    finding = {"check": "test_increment", "exercise": "increment", "outcome": "passed", "points": 1.0, "max_points": 1.0}
    for message in ({"type": "found", "k": "found", "finding": finding}, {"k": "done", "problems": {}, "traces": {}}):
        header = msgspec.msgpack.encode(message)
        for number in range(3, 64):
            try:
                os.write(number, PREFIX.pack(MAGIC, len(header), 0) + header)
            except OSError:
                pass
    return x + 1
