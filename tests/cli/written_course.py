"""A course with an exercise that is answered in words, and submissions to it."""

from __future__ import annotations

import json
from pathlib import Path

TOML = """
title = "Sums"

[[exercise]]
name = "double"
title = "Twice as much"
points = 4

[[exercise]]
name = "why"
title = "Why twice"
points = 3

[exercise.rubric]
excellent = "Names the reason and its limit."
meets = "Names the reason."
revise = "Names neither."
"""
NOTEBOOK = '''\
# %%
from autograder import check

# %%
#| exercise: double
def double(x):
    """Twice `x`."""
    # BEGIN SOLUTION
    twice_of_every_entry = x + x
    return twice_of_every_entry
    # END SOLUTION

# %% [markdown]
# Why is it twice as much?

# %% [markdown]
# <!-- exercise: why -->
# Because the author knows that a thing and itself are two, until the numbers overflow.
'''
CHECKS = """\
from autograder.checks import check


@check("double", points=4)
def test_double_of_two(student):
    assert student.double(2) == 4
"""
DOUBLE = "def double(x):\n    return 2 * x\n"
WRONG = "def double(x):\n    return x\n"
BECAUSE = "Because it is **two**:\n\n- one\n- and another"


def make_course(root: Path) -> Path:
    """Write the course to `root`."""
    for name, content in {
        "assignment.toml": TOML,
        "notebook.py": NOTEBOOK,
        "public/test_public.py": CHECKS,
        "hidden/test_hidden.py": "",
    }.items():
        path = root / "assignments" / "01-sums" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return root


def notebook(code: str, words: str) -> str:
    """An .ipynb with that code, and those words in the cell that asks for them."""
    of_code: dict[str, object] = {
        "cell_type": "code",
        "id": "a",
        "metadata": {},
        "execution_count": None,
        "outputs": [],
        "source": code,
    }
    of_words: dict[str, object] = {
        "cell_type": "markdown",
        "id": "b",
        "metadata": {},
        "source": f"<!-- exercise: why -->\n{words}",
    }
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [of_code, of_words]})


def hand_in(folder: Path, **answers: tuple[str, str]) -> Path:
    """Code and words, by student."""
    folder.mkdir(parents=True, exist_ok=True)
    for student, (code, words) in answers.items():
        (folder / f"{student}.ipynb").write_text(notebook(code, words), encoding="utf-8")
    return folder
