# /// attack
# title = "announces the largest payload that is allowed, and sends nothing of it"
# threat = "wire"
# [promise]
# test_increment = "failed timeout"
# ///

# %%
import os
import time

from autograder.wire.frames import MAGIC, MAX_HEADER, MAX_PAYLOAD, PREFIX


def increment(x):
    for number in range(3, 64):
        try:
            os.write(number, PREFIX.pack(MAGIC, MAX_HEADER, MAX_PAYLOAD))
        except OSError:
            pass
    time.sleep(60)
