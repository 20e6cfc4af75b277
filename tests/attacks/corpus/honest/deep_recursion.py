# /// attack
# title = "recursion as deep as Python allows, and a little deeper where it was asked for"
# ///

# %%
import sys

sys.setrecursionlimit(5000)


def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)


assert depth(900) == 900
assert depth(4000) == 4000


def increment(x):
    return x + depth(800) / 800
