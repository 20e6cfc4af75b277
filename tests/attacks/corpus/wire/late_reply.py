# /// attack
# title = "answers rightly, half a second after the deadline"
# threat = "wire"
# [promise]
# test_increment = "failed timeout"
# ///

# %%
import time


def increment(x):
    time.sleep(1.5)
    return x + 1
