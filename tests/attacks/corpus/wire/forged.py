# /// attack
# title = "writes a verdict, JSON and noise on the socket to the examiner in the middle of a call"
# threat = "wire"
# quick = true
# [promise]
# test_increment = "failed protocol"
# ///

# %%
import os


def increment(x):
    for number in range(3, 256):
        try:
            os.write(number, b'{"check": "test_increment", "outcome": "passed", "points": 1}' * 100)
        except OSError:
            pass
    return x + 1
