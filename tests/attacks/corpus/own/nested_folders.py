# /// attack
# title = "nests three thousand folders, too deep for whoever removes them by recursion"
# quick = true
# [promise]
# test_increment = "any"
# ///

# %%
import os

here = os.getcwd()


def increment(x):
    for _ in range(3000):
        os.mkdir("d")
        os.chdir("d")
    os.chdir(here)
    return x + 1
