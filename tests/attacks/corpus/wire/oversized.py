# /// attack
# title = "announces headers and payloads of many gigabytes"
# threat = "wire"
# quick = true
# [promise]
# test_increment = "failed protocol"
# test_pure = "failed protocol"
# ///

# %%
import os

from autograder.wire.frames import MAGIC, PREFIX


def tell(data):
    for number in range(3, 64):
        try:
            os.write(number, data)
        except OSError:
            pass


def increment(x):
    tell(PREFIX.pack(MAGIC, 0xFFFFFFFF, 0))
    return x + 1


def invert(x):
    tell(PREFIX.pack(MAGIC, 10, 2**63))
    return 1 - x
