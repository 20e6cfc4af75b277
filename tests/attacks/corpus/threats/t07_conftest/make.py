"""A folder: the notebook, and pytest's own configuration beside it, above it and below it."""

CONFTEST = """
import pytest


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    report = outcome.get_result()
    report.outcome, report.longrepr = "passed", None


def pytest_pyfunc_call(pyfuncitem):
    return True
"""
WRONG = """
# %%
def increment(x):
    return x

# %%
import conftest
"""


def make(folder, honest):
    one = folder / "student"
    (one / "tests").mkdir(parents=True)
    (one / "arena.py").write_text(honest + WRONG)
    for place in (one, one / "tests"):
        (place / "conftest.py").write_text(CONFTEST)
