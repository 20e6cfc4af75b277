# /// attack
# title = "makes six thousand names for one file, and six thousand empty files"
# [promise]
# test_increment = "failed limit|exception|timeout"
# test_pure = "failed limit|exception|timeout"
# ///

# %%
import os
import time


def increment(x):
    for number in range(6000):
        os.close(os.open(f"empty{number}", os.O_CREAT | os.O_WRONLY))
    time.sleep(0.9)
    return x + 1


def invert(x):
    with open("one", "w") as file:
        file.write("x")
    for number in range(6000):
        os.link("one", f"two{number}")
    time.sleep(0.9)
    return 1 - x
