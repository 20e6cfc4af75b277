# /// attack
# title = "forks without end"
# threat = 71
# quick = true
# [promise]
# test_increment = "failed exception|worker_died|limit"
# ///

# %%
import os


def increment(x):
    while True:
        os.fork()
