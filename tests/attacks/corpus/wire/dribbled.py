# /// attack
# title = "announces a frame and sends one byte of it every tenth of a second, so that something always arrives"
# threat = "wire"
# [promise]
# test_increment = "failed timeout"
# ///

# %%
import os
import time

from autograder.wire.frames import MAGIC, PREFIX


def increment(x):
    ends = []
    for number in range(3, 64):
        try:
            os.write(number, PREFIX.pack(MAGIC, 1 << 20, 0))
            ends.append(number)
        except OSError:
            pass
    while True:
        for end in ends:
            try:
                os.write(end, b"x")
            except OSError:
                pass
        time.sleep(0.1)
