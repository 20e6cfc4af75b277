"""A small course in a temporary folder, whose parts a test may replace."""

from __future__ import annotations

from pathlib import Path

from autograder.course import Assignment, load_assignment

TOML = """
title = "Small steps"
summary = "Two functions."

[[exercise]]
name = "softmax"
title = "Scores become probabilities"
points = 3
hints = ["Look at exp().", "Subtract something first.", "The row's own maximum."]

[[exercise]]
name = "double"
title = "Twice as much"
points = 1
"""

NOTEBOOK = '''\
# %% [markdown]
# # Small steps
# Some prose.

# %%
import math


def check(name):
    print("checked", name)


# %%
#| exercise: softmax
def softmax(scores):
    """Probabilities from scores."""
    # BEGIN SOLUTION
    largest_of_all = max(scores)
    positive = [math.exp(score - largest_of_all) for score in scores]
    return [entry / sum(positive) for entry in positive]
    # END SOLUTION


# %% tags=["example"]
print(2 + 2)

# %%
#| exercise: double
def double(number):
    # BEGIN SOLUTION
    return number + number + zero_of_the_same_kind(number)
    # STUB
    # answer = ...  # replace the dots
    # return answer
    # END SOLUTION


def zero_of_the_same_kind(number):
    return type(number)(0)
'''

PUBLIC = """\
from autograder.checks import check


@check("softmax", points=1)
def test_two_equal_scores_share(student):
    assert student.softmax([1.0, 1.0]) == [0.5, 0.5]
"""

HIDDEN = """\
from autograder.checks import check


@check("softmax", points=2, hint="Which number may be subtracted?")
def test_huge_scores_do_not_overflow(student):
    enormous_scores_for_the_test = [70_000.0, 70_001.0, -70_000.0]
    assert student.softmax(enormous_scores_for_the_test)[2] == 0.0, "the smallest has no chance"


@check("double", 1)
def test_double(student):
    assert student.double(4) == 8
"""

SPECIMEN = '''\
"""The maximum is not subtracted, because the formula in the book does not have it either."""
# fails: softmax


def softmax(scores):
    """Probabilities from scores."""
    naive_exponentials = [math.exp(score) for score in scores]
    return [entry / sum(naive_exponentials) for entry in naive_exponentials]
'''

FILES = {
    "assignment.toml": TOML,
    "notebook.py": NOTEBOOK,
    "public/test_public.py": PUBLIC,
    "hidden/test_hidden.py": HIDDEN,
    "hidden/data/labels.csv": "3,1,4,1,5,9,2,6,5,3,5,8,9,7,9\n",
    "specimens/naive.py": SPECIMEN,
}


def small(folder: Path, replaced: dict[str, str | bytes] | None = None, slug: str = "01-small") -> Assignment:
    """Write an assignment to `folder`/course, with these files in place of, or beside, the usual."""
    root = folder / "course" / "assignments" / slug
    for name, content in {**FILES, **(replaced or {})}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return load_assignment(root)
