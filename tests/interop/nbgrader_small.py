"""A small assignment with all that an export has to carry: checks, words, and code that a person reads."""

from __future__ import annotations

from pathlib import Path

from autograder.course import Assignment, load_assignment

SLUG = "01-doubling"

_TOML = """
title = "Doubling"

[[exercise]]
name = "double"
title = "Twice as much"
points = 3

[[exercise]]
name = "why"
title = "Why it works"
points = 2

[exercise.rubric]
excellent = "Says why."
meets = "Says something."
revise = "Says nothing."

[[exercise]]
name = "code_by_hand"
title = "A program of your own"
points = 1

[exercise.rubric]
excellent = "Runs and is of use."
meets = "Runs."
revise = "Does not run."

[environment]
requires = ["numpy>=2"]
"""
_NOTEBOOK = '''# %% [markdown]
# # Doubling

# %%
from autograder import check

# %%
#| exercise: double
def double(value):
    """Twice `value`."""
    # BEGIN SOLUTION
    return value * 2
    # STUB
    # return 0
    # END SOLUTION


# %% [markdown]
# <!-- exercise: why -->
# The sum doubles since each of its two parts is the number itself.

# %%
#| exercise: code_by_hand
# BEGIN SOLUTION
print([double(number) for number in range(10)])
# END SOLUTION
'''
_PUBLIC = """from autograder.checks import check


@check("double", points=1)
def test_double_of_two(student):
    assert student.double(2) == 4
"""
_HIDDEN = """import sys
import warnings
from pathlib import Path

from autograder.checks import Score, check

WANTED = (Path(__file__).parent / "data" / "wanted.txt").read_text().split()


@check("double", points=2)
def test_double_of_many(student, rng):
    print("stderr must cost nothing", file=sys.stderr)
    warnings.warn("nor may a warning")
    right = sum(student.double(n) == int(wanted) for n, wanted in enumerate(WANTED))
    return Score(right / len(WANTED), "so many are right")
"""
_SPECIMEN = """# fails: double


def double(value):
    return min(value * 2, 4)
"""


def small(course: Path) -> Assignment:
    """The assignment, written into a course."""
    root = course / "assignments" / SLUG
    wanted = " ".join(str(2 * n) for n in range(8))
    files = {
        "assignment.toml": _TOML,
        "notebook.py": _NOTEBOOK,
        "public/test_public.py": _PUBLIC,
        "hidden/test_hidden.py": _HIDDEN,
        "hidden/data/wanted.txt": wanted,
        "specimens/bounded.py": _SPECIMEN,
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return load_assignment(root)
