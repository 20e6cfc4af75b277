# /// attack
# title = "announces a thousand bytes, sends ten, and leaves"
# threat = "wire"
# [promise]
# test_increment = "failed worker_died|protocol"
# ///

# %%
import os

from autograder.wire.frames import MAGIC, PREFIX


def increment(x):
    for number in range(3, 64):
        try:
            os.write(number, PREFIX.pack(MAGIC, 1000, 0) + b"ten bytes.")
        except OSError:
            pass
    os._exit(0)
