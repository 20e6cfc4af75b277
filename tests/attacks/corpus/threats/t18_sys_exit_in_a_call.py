# /// attack
# title = "leaves by sys.exit(0), quit() and SystemExit inside calls"
# threat = 18
# [promise]
# test_increment = "failed exception|worker_died"
# test_pure = "failed exception|worker_died"
# test_twice = "failed exception|worker_died"
# ///

# %%
import sys


def increment(x):
    sys.exit(0)


def invert(x):
    raise SystemExit


def twice(f, x):
    raise KeyboardInterrupt
