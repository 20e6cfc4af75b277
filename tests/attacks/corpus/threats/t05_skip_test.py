# /// attack
# title = "raises unittest's SkipTest, and exceptions of its own that no except clause expects"
# threat = 5
# [promise]
# test_increment = "failed exception"
# test_twice = "failed exception"
# test_pure = "failed exception"
# ///

# %%
import unittest


class Passed(BaseException):
    pass


def increment(x):
    raise unittest.SkipTest("nothing to see here")


def twice(f, x):
    raise Passed()


def invert(x):
    raise GeneratorExit
