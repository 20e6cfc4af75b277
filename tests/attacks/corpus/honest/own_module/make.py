"""A folder as students hand it in."""

CELL = """
# %%
import csv
from pathlib import Path

import helpers
from mylib.layers import plus_one

rows = list(csv.reader(Path("data/points.csv").open()))
assert rows == [["1", "2"]]


def increment(x):
    return plus_one(x)


def twice(f, x):
    return helpers.apply(f, helpers.apply(f, x))
"""


def make(folder, honest):
    one = folder / "student"
    for name in ("mylib", "data"):
        (one / name).mkdir(parents=True)
    (one / "arena.py").write_text(honest + CELL)
    (one / "helpers.py").write_text("def apply(f, x):\n    return f(x)\n")
    (one / "mylib" / "__init__.py").write_text("")
    (one / "mylib" / "layers.py").write_text("def plus_one(x):\n    return x + 1\n")
    (one / "data" / "points.csv").write_text("1,2\n")
