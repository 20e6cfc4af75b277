# /// attack
# title = "announces a frame, sends half of it, and waits"
# threat = "wire"
# [promise]
# test_increment = "failed timeout"
# ///

# %%
import os
import time

from autograder.wire.frames import MAGIC, PREFIX


def increment(x):
    for number in range(3, 64):
        try:
            os.write(number, PREFIX.pack(MAGIC, 1000, 1 << 20) + b"ten bytes.")
        except OSError:
            pass
    time.sleep(60)
