# /// attack
# title = "skips, xfails and ends the test session with pytest's own exceptions"
# threat = 4
# [promise]
# test_pure = "failed exception"
# test_twice = "failed exception"
# test_increment = "failed exception"
# test_each_example_once = "failed exception"
# ///

# %%
def invert(x):
    import pytest

    pytest.exit("all passed", returncode=0)


def twice(f, x):
    import pytest

    pytest.xfail("known to fail")


def read_all(data):
    import pytest

    pytest.importorskip("no_such_module")


def increment(x):
    import pytest

    pytest.skip("not today")
