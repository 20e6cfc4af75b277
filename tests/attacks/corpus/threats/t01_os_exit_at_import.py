# /// attack
# title = "the whole notebook is one cell that leaves by os._exit"
# threat = 1
# place = "alone"
# [promise]
# "*" = "failed missing_name"
# ///

# %%
import os

os._exit(0)


def increment(x):
    return x + 1
