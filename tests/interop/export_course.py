"""A course of one assignment, to be exported: plain checks, partial credit with an accuracy, and an answer in words."""

from __future__ import annotations

import json
from pathlib import Path

SLUG = "01-signs"
TOML = """
title = "Signs"
summary = "Two functions and a reason."

[[exercise]]
name = "double"
title = "Twice as much"
points = 3

[[exercise]]
name = "sign"
title = "Which side of zero"
points = 4

[[exercise]]
name = "why"
title = "Why it works"
points = 2

[exercise.rubric]
excellent = "Names both sides."
meets = "Names one."
revise = "Names none."

[limits]
seconds = 60
cell_seconds = 30
memory_mb = 1024
"""
NOTEBOOK = '''\
# %% [markdown]
# # Signs

# %%
import torch

from autograder import check

# %%
#| exercise: double
def double(x):
    """Twice `x`."""
    # BEGIN SOLUTION
    twice_of_every_entry = x + x
    return twice_of_every_entry
    # END SOLUTION

# %%
#| exercise: sign
def sign(x):
    """1 where `x` is positive, else 0."""
    # BEGIN SOLUTION
    positive_entries_of_x = x > 0
    return positive_entries_of_x.long()
    # END SOLUTION

# %% [markdown]
# <!-- exercise: why -->
# Zero parts the numbers into two halves, and a comparison says which one it is.
'''
PUBLIC = """\
import torch

from autograder.checks import check, close


@check("double", points=1, hint="What is 1 + 1?")
def test_double_of_two_numbers(student):
    assert student.double(torch.tensor([1.0, 2.0])) == close(torch.tensor([2.0, 4.0]))
"""
HIDDEN = """\
import torch

from autograder.checks import accuracy, check, close


@check("double", points=2)
def test_double_of_any_shape(student, rng):
    x = rng.normal(3, rng.size(1, 5))
    assert student.double(x) == close(x + x)


@check("sign", points=4, seconds=20)
def test_sides_of_many_numbers(student):
    numbers = torch.linspace(-1, 1, 201)
    return accuracy(student.sign(numbers), (numbers > 0).long(), full=0.98, half=0.5)
"""
SOURCE = {
    "assignment.toml": TOML,
    "notebook.py": NOTEBOOK,
    "public/test_public.py": PUBLIC,
    "hidden/test_hidden.py": HIDDEN,
}

HEAD = "import torch\n"
DOUBLE = "def double(x):\n    return 2 * x\n"
SIGN = "def sign(x):\n    return (x > 0).long()\n"
WORDS = "<!-- exercise: why -->\nBecause a comparison has two answers.\n"
ANSWERS: dict[str, tuple[tuple[str, ...], float]] = {
    "right": ((HEAD, DOUBLE, SIGN, WORDS), 7.0),
    "stub": ((HEAD, "def double(x):\n    raise NotImplementedError('double')\n"), 0.0),
    "forgets-one-shape": (
        (HEAD, "def double(x):\n    return 2 * x if x.ndim == 1 else x\n", SIGN, WORDS),
        5.0,
    ),
    "partly": ((HEAD, DOUBLE, "def sign(x):\n    return (x > 0.3).long()\n"), 3.0),
}
"""Cells and points by the checks, those of partial credit left out."""


def make_course(root: Path) -> Path:
    """Write the course to `root`."""
    for name, content in SOURCE.items():
        path = root / "assignments" / SLUG / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return root


def notebook(*cells: str) -> str:
    """An .ipynb with these cells; those that begin with an HTML comment are text."""
    return json.dumps(
        {
            "nbformat": 4,
            "nbformat_minor": 5,
            "metadata": {},
            "cells": [
                {"cell_type": "markdown", "id": f"c{number}", "metadata": {}, "source": cell}
                if cell.startswith("<!--")
                else {
                    "cell_type": "code",
                    "id": f"c{number}",
                    "metadata": {},
                    "execution_count": None,
                    "outputs": [],
                    "source": cell,
                }
                for number, cell in enumerate(cells)
            ],
        }
    )
